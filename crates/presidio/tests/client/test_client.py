"""Presidio's own code against `aside detect serve`.

What the server answers is read by Presidio's classes, and what `/anonymize` makes is compared with what Presidio's
engine makes of the same request. Run by `cargo xtask test --only presidio-client`; by hand, with the packages of
requirements.txt:

    ASIDE_PROGRAM=target/debug/aside python3 crates/presidio/tests/client/test_client.py
"""

import json
import os
import random
import subprocess
import unittest
import urllib.error
import urllib.request

from presidio_anonymizer import AnonymizerEngine, DeanonymizeEngine
from presidio_anonymizer.entities import OperatorConfig, OperatorResult, RecognizerResult

TEXT = "Grüße 😀, write to anna@example.com or pay 4111 1111 1111 1111 until 12.03.2031"


class Server:
    def __enter__(self):
        command = [os.environ["ASIDE_PROGRAM"], "detect", "serve", "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.address = self.process.stderr.readline().split()[-1]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}{path}", data, headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.server.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def well(self, path, body):
        status, answer = self.server.ask(path, body)
        self.assertEqual(status, 200, answer)
        return answer

    def compare(self, text, results, operators):
        """What the server makes of a request is what Presidio's engine makes of it."""
        answer = self.well("/anonymize", {"text": text, "analyzer_results": results, "anonymizers": operators})
        configs = {name: OperatorConfig.from_json(dict(config)) for name, config in operators.items()}
        given = [RecognizerResult.from_json(result) for result in results]
        engine = AnonymizerEngine().anonymize(text, given, configs)
        self.assertEqual(answer["text"], engine.text, (text, results))
        items = [OperatorResult.from_json(item) for item in answer["items"]]
        self.assertEqual(items, engine.items, (text, results))

    def test_results_are_read_and_used_by_presidios_engine(self):
        results = self.well("/analyze", {"text": TEXT, "language": "en"})
        read = [RecognizerResult.from_json(result) for result in results]
        spans = {result.entity_type: TEXT[result.start : result.end] for result in read}
        self.assertEqual(spans["EMAIL_ADDRESS"], "anna@example.com")
        self.assertEqual(spans["CREDIT_CARD"], "4111 1111 1111 1111")
        for operators in [
            {},
            {"DEFAULT": {"type": "replace", "new_value": "ANONYMIZED"}, "CREDIT_CARD": {"type": "redact"}},
            {"DEFAULT": {"type": "mask", "masking_char": "*", "chars_to_mask": 12, "from_end": True}},
            {"DEFAULT": {"type": "hash", "salt": "0123456789abcdef"}, "EMAIL_ADDRESS": {"type": "keep"}},
            {"DEFAULT": {"type": "hash", "hash_type": "sha512", "salt": "0123456789abcdef é"}},
        ]:
            self.compare(TEXT, results, operators)

    def test_any_results_are_settled_as_presidio_settles_them(self):
        dice = random.Random(7)
        for _ in range(400):
            text = "".join(dice.choice("ab  é😀") for _ in range(dice.randrange(1, 40)))
            results = []
            for _ in range(dice.randrange(0, 6)):
                start = dice.randrange(0, len(text))
                end = dice.randrange(start + 1, len(text) + 1)
                score = dice.choice([0.4, 0.8, 0.99])
                results.append({"start": start, "end": end, "score": score, "entity_type": dice.choice("ABC")})
            self.compare(text, results, {"A": {"type": "keep"}, "B": {"type": "redact"}})

    def test_what_one_encrypts_the_other_opens(self):
        results = self.well("/analyze", {"text": TEXT, "language": "en"})
        for key in ["1" * 16, "2" * 24, "3" * 32]:
            sealed = self.well(
                "/anonymize",
                {"text": TEXT, "analyzer_results": results, "anonymizers": {"DEFAULT": {"type": "encrypt", "key": key}}},
            )
            items = [OperatorResult.from_json(item) for item in sealed["items"]]
            decrypt = {"DEFAULT": OperatorConfig("decrypt", {"key": key})}
            self.assertEqual(DeanonymizeEngine().deanonymize(sealed["text"], items, decrypt).text, TEXT)
            given = [RecognizerResult.from_json(result) for result in results]
            theirs = AnonymizerEngine().anonymize(TEXT, given, {"DEFAULT": OperatorConfig("encrypt", {"key": key})})
            request = json.loads(theirs.to_json())
            opened = self.well(
                "/deanonymize",
                {
                    "text": request["text"],
                    "anonymizer_results": request["items"],
                    "deanonymizers": {"DEFAULT": {"type": "decrypt", "key": key}},
                },
            )
            self.assertEqual(opened["text"], TEXT)

    def test_parameters_are_refused_with_presidios_words(self):
        result = {"start": 0, "end": 3, "score": 0.8, "entity_type": "A"}
        for config in [
            {"type": "mask", "chars_to_mask": 1, "from_end": True},
            {"type": "mask", "masking_char": "**", "chars_to_mask": 1, "from_end": True},
            {"type": "mask", "masking_char": "*", "from_end": True},
            {"type": "mask", "masking_char": "*", "chars_to_mask": "1", "from_end": True},
            {"type": "hash", "hash_type": "md5"},
            {"type": "encrypt", "key": "short"},
            {"type": "encrypt"},
            {"type": "shred"},
        ]:
            status, answer = self.server.ask(
                "/anonymize", {"text": "text", "analyzer_results": [result], "anonymizers": {"A": config}}
            )
            try:
                AnonymizerEngine().anonymize(
                    "text", [RecognizerResult.from_json(result)], {"A": OperatorConfig.from_json(dict(config))}
                )
            except Exception as refused:  # Presidio's InvalidParamError
                self.assertEqual((status, answer["error"]), (422, getattr(refused, "err_msg", str(refused))))
            else:
                self.fail(f"Presidio takes {config}")

    def test_lists_hold_what_presidios_do(self):
        _, anonymizers = self.server.ask("/anonymizers")
        self.assertLessEqual(set(anonymizers), set(AnonymizerEngine().get_anonymizers()))
        _, deanonymizers = self.server.ask("/deanonymizers")
        self.assertLessEqual(set(deanonymizers), set(DeanonymizeEngine().get_deanonymizers()))


if __name__ == "__main__":
    unittest.main()
