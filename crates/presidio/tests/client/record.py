"""Writes what Presidio's own engine answers to the requests below, for the crate's tests to compare with.

    python3 crates/presidio/tests/client/record.py > crates/presidio/tests/fixtures/anonymizer.json

with the packages of requirements.txt. Statuses and words of errors are those of Presidio's service around the engine:
422 and its own words for a wrong parameter, 500 for whatever it did not expect.
"""

import json

from presidio_anonymizer import AnonymizerEngine, DeanonymizeEngine
from presidio_anonymizer.entities import InvalidParamError
from presidio_anonymizer.services.app_entities_convertor import AppEntitiesConvertor

TEXT = "hello world, my name is Jane Doe. My number is: 034453334"
NAME = {"start": 24, "end": 32, "score": 0.8, "entity_type": "NAME"}
FIRST = {"start": 24, "end": 28, "score": 0.8, "entity_type": "FIRST_NAME"}
LAST = {"start": 29, "end": 32, "score": 0.6, "entity_type": "LAST_NAME"}
PHONE = {"start": 48, "end": 57, "score": 0.95, "entity_type": "PHONE_NUMBER"}
KEY = "WmZq4t7w!z%C&F)J"
SALT = "0123456789abcdef"
SEALED = "S184CMt9Drj7QaKQ21JTrpYzghnboTF9pn/neN8JME0="


def anonymize(results, anonymizers=None, text=TEXT, **more):
    request = {"text": text, "analyzer_results": results, **more}
    if anonymizers is not None:
        request["anonymizers"] = anonymizers
    return ("/anonymize", request)


def deanonymize(text, results, deanonymizers, **ours):
    """`ours` is what we answer where we do better on purpose."""
    request = {"text": text, "anonymizer_results": results, "deanonymizers": deanonymizers}
    return ("/deanonymize", request, *ours.values())


def mask(**parameters):
    return {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": True, **parameters}


ALL = [NAME, FIRST, LAST, PHONE]
REQUESTS = [
    # Every operator, and none.
    anonymize([PHONE]),
    anonymize(ALL, {}),
    anonymize(ALL, {"DEFAULT": {"type": "replace"}}),
    anonymize(ALL, {"DEFAULT": {"type": "replace", "new_value": "ANONYMIZED"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "replace", "new_value": ""}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "replace", "new_value": "é😀"}}),
    anonymize(ALL, {"DEFAULT": {"type": "redact"}}),
    anonymize(ALL, {"DEFAULT": {"type": "keep"}, "PHONE_NUMBER": {"type": "redact"}}),
    anonymize([PHONE], {"PHONE_NUMBER": mask()}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(from_end=False)}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(masking_char="😀", chars_to_mask=100)}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(chars_to_mask=0)}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(chars_to_mask=-3)}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "hash", "salt": SALT}}),
    anonymize(ALL, {"DEFAULT": {"type": "hash", "hash_type": "sha512", "salt": SALT}}),
    anonymize(ALL, {"DEFAULT": {"type": "hash", "hash_type": "sha256", "salt": SALT + "é"}}),
    # Results that overlap, touch, repeat, or are empty.
    anonymize([NAME, {**NAME, "start": 29, "end": 40}, PHONE]),
    anonymize([NAME, {**NAME, "entity_type": "PERSON", "score": 0.9}]),
    anonymize([NAME, NAME, NAME]),
    anonymize([FIRST, {**LAST, "entity_type": "FIRST_NAME"}]),
    anonymize([{**NAME, "end": 30}, {**PHONE, "start": 28, "end": 40}]),
    anonymize([{**FIRST, "start": 24, "end": 24}]),
    anonymize([]),
    anonymize([NAME], text="Grüße 😀 an meine Freundin Anna!"),
    # What makes no sense.
    anonymize(None),
    anonymize([{**NAME, "end": 100}]),
    anonymize([{**NAME, "start": 40}]),
    anonymize([{**NAME, "start": -1}]),
    anonymize([{"start": 0, "end": 4, "entity_type": "NAME"}]),
    anonymize([{"start": 0, "end": 4, "score": 0.5}]),
    anonymize([{"end": 4, "score": 0.5, "entity_type": "NAME"}]),
    anonymize([{"start": 4, "score": 0.5, "entity_type": "NAME"}]),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": ""}}),
    anonymize([PHONE], {"PHONE_NUMBER": {}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "shred"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "decrypt", "key": KEY}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "custom"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "mask", "chars_to_mask": 4, "from_end": True}}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(masking_char="ab")}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(chars_to_mask="4")}),
    anonymize([PHONE], {"PHONE_NUMBER": mask(from_end="yes")}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "hash", "hash_type": "md5", "salt": SALT}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "hash", "salt": "short"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "encrypt"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "encrypt", "key": "short"}}),
    anonymize([PHONE], {"PHONE_NUMBER": {"type": "replace", "new_value": 7}}),
    # Several texts at once.
    anonymize([[PHONE], []], {"DEFAULT": {"type": "redact"}}, text=[TEXT, "nothing"]),
    anonymize([], text=[]),
    anonymize([[PHONE]], text=[TEXT, "nothing"]),
    anonymize(None, text=["nothing", "at all"]),
    # The way back.
    deanonymize(
        "My name is " + SEALED,
        [{"start": 11, "end": 55, "entity_type": "NAME"}],
        {"DEFAULT": {"type": "decrypt", "key": KEY}},
    ),
    deanonymize("My name is Anna", [{"start": 11, "end": 15, "entity_type": "NAME"}], {"DEFAULT": {"type": "deanonymize_keep"}}),
    deanonymize("My name is Anna", [], {"DEFAULT": {"type": "decrypt", "key": KEY}}),
    deanonymize("My name is Anna", [{"start": 11, "end": 15, "entity_type": "NAME"}], {"DEFAULT": {"type": "decrypt", "key": "short"}}),
    deanonymize("My name is Anna", [{"start": 11, "end": 15, "entity_type": "NAME"}], {"DEFAULT": {"type": "mask"}}),
    deanonymize("My name is Anna", [{"start": 11, "end": 99, "entity_type": "NAME"}], {"DEFAULT": {"type": "deanonymize_keep"}}),
    deanonymize("My name is Anna", [{"start": 11, "end": 15, "entity_type": "NAME"}], {},
                ours=[422, {"error": "There is no deanonymizer for one of the results, and no DEFAULT."}]),
    deanonymize(
        ["My name is Anna", "nothing"],
        [[{"start": 11, "end": 15, "entity_type": "NAME"}], []],
        {"DEFAULT": {"type": "deanonymize_keep"}},
    ),
    deanonymize(["nothing"], [], {}),
]


def each(name, value, texts):
    """The results of each text of a request with several."""
    if value is None:
        return [[] for _ in texts]
    if len(value) != len(texts):
        raise InvalidParamError(
            f"Invalid input, '{name}' must contain one list of results per item in 'text' when 'text' is a list "
            f"({len(texts)} text items, {len(value)} '{name}' items)"
        )
    return value


def engine(path, request):
    back = path == "/deanonymize"
    configs = AppEntitiesConvertor.operators_config_from_json(
        request.get("deanonymizers" if back else "anonymizers")
    )
    if AppEntitiesConvertor.check_custom_operator(configs):
        return 400, {"error": "Custom type anonymizer is not supported"}

    def one(text, results):
        if back:
            entities = AppEntitiesConvertor.deanonymize_entities_from_json({"anonymizer_results": results})
            answer = DeanonymizeEngine().deanonymize(text, entities, configs)
        else:
            given = AppEntitiesConvertor.analyzer_results_from_json(results)
            answer = AnonymizerEngine().anonymize(text, given, configs)
        return json.loads(answer.to_json())

    name = "anonymizer_results" if back else "analyzer_results"
    text, results = request["text"], request.get(name)
    if isinstance(text, list):
        return 200, [one(*pair) for pair in zip(text, each(name, results, text))]
    return 200, one(text, results)


def recorded(path, request, ours=None):
    try:
        status, answer = engine(path, json.loads(json.dumps(request)))
    except InvalidParamError as refused:
        status, answer = 422, {"error": refused.err_msg}
    except Exception:  # what its service says of anything else
        status, answer = 500, {"error": "Internal server error"}
    row = {"path": path, "request": request, "status": status, "answer": answer}
    return row if ours is None else {**row, "ours": ours}


if __name__ == "__main__":
    rows = [json.dumps(recorded(*request), ensure_ascii=False) for request in REQUESTS]
    print("[\n" + ",\n".join(rows) + "\n]")
