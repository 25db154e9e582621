"""Writes what Presidio's own analyzer answers to the requests below, for the crate's tests to compare with.

    python3 crates/presidio/tests/client/record_analyzer.py > crates/presidio/tests/fixtures/analyzer.json

with the packages of requirements-analyzer.txt. The engine has its own recognizers of patterns and a tokenizer without a
model, since its models are in no package registry. Statuses and words of errors are those of Presidio's service around the engine: 400
for what Python calls a wrong type, 500 for everything else, with the words of the exception.
"""

import json
import logging
import sys
import warnings

import spacy
import tldextract.tldextract
from presidio_analyzer import AnalyzerEngine, AnalyzerRequest, BatchAnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

# With the list that comes with the package: a text is no reason to fetch anything.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

CARD = "my card is 4111 1111 1111 1111"
MAIL = "email: admin@github.com"
LICENCE = "John Smith drivers license is AC432223. Zip code: 10023"
MIXED = "12 March 1984, card 4111 1111 1111 1111, anna@example.com"
UNUSABLE = (
    "The regex of '{}' cannot be used: it is wrong, longer than 2000 bytes, or has look-around, back-references or Unicode "
    "classes, which are not supported."
)
ZIP_PATTERN = {"name": "zip code (weak)", "regex": "(\\b\\d{5}(?:\\-\\d{4})?\\b)", "score": 0.01}
ZIP = {
    "name": "Zip code Recognizer",
    "supported_language": "en",
    "supported_entity": "ZIP",
    "patterns": [ZIP_PATTERN],
}
MISTER = {
    "name": "Mr. Recognizer",
    "supported_language": "en",
    "deny_list": ["Mr.", "Mister"],
    "supported_entity": "MR_TITLE",
}


def asked(text, **more):
    return ("POST /analyze", {"text": text, "language": "en", **more})


def ad_hoc(text, *recognizers, **more):
    return asked(text, ad_hoc_recognizers=list(recognizers), **more)


def pattern(**more):
    return {**ZIP, "patterns": [{**ZIP_PATTERN, **more}]}


def without(recognizer, *names):
    return {name: value for name, value in recognizer.items() if name not in names}


def ours(request, status, answer):
    """What we answer where we do better on purpose, or do not follow."""
    return (*request, {"ours": [status, {"error": answer}]})


def apart(request, why):
    """Presidio's findings are not ours, and why that is right; the shape is the same."""
    return (*request, {"apart": why})


REQUESTS = [
    # One value of each kind that a pattern finds.
    asked(CARD),
    asked(MAIL),
    asked("call me on +1 212 555 0198"),
    asked("my iban is DE89 3704 0044 0532 0130 00"),
    asked("GB82WEST12345698765432"),
    asked("the server is 192.168.0.1"),
    asked("the server is 2001:0db8:85a3:0000:0000:8a2e:0370:7334"),
    asked("see https://www.example.com/path?x=1"),
    apart(asked("social security number 078-05-1120"), "a social security number is no telephone number"),
    asked("pay to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    asked("born on 12/04/1985"),
    asked("MAC address 00:1A:2B:3C:4D:5E"),
    apart(asked("NHS number 943 476 5919"), "a number of the health service is no telephone number"),
    asked("itin 912-70-1234"),
    asked("hello there, nothing to see"),
    asked("   "),
    asked(MIXED),
    asked("Grüße 😀, anna@example.com"),
    asked("4111 1111 1111 1111\nanna@example.com\r\n"),
    asked("\u0000 admin@github.com \ufeff"),
    # Several texts.
    asked([CARD, MAIL]),
    asked([CARD]),
    asked(["nothing", "", MAIL]),
    asked([]),
    asked([7, True, 1.5, MAIL]),
    asked([{"a": "b"}]),
    asked([["nested"]]),
    # Entities.
    asked(MIXED, entities=["EMAIL_ADDRESS"]),
    asked(MIXED, entities=["EMAIL_ADDRESS", "CREDIT_CARD"]),
    asked(MIXED, entities=[]),
    asked(MIXED, entities=None),
    asked(MIXED, entities=["US_SSN"]),
    asked(MIXED, entities=["EMAIL_ADDRESS", "NO_SUCH_THING"]),
    asked(MIXED, entities=["NO_SUCH_THING"]),
    asked(MIXED, entities=["email_address"]),
    asked(MIXED, entities="EMAIL_ADDRESS"),
    asked(MIXED, entities=7),
    # Threshold.
    asked(MIXED, score_threshold=0.7),
    asked(MIXED, score_threshold=0),
    asked(MIXED, score_threshold=2),
    asked(MIXED, score_threshold=-1),
    asked(MIXED, score_threshold=None),
    asked(MIXED, score_threshold="0.7"),
    apart(asked(MIXED, score_threshold=True), "the surest score is 0.99"),
    # Why.
    asked(CARD, return_decision_process=True),
    asked(CARD, return_decision_process=False),
    asked(CARD, return_decision_process=1),
    asked(CARD, return_decision_process="no"),
    asked([CARD, MAIL], return_decision_process=True),
    # What changes nothing.
    asked(CARD, correlation_id="123e4567-e89b-12d3-a456-426614174000", trace=False, log_decision_process=True),
    asked(CARD, correlation_id=7),
    asked(CARD, unknown_member={"a": [1, 2]}),
    # Context.
    asked("AC432223", context=["drivers license"], entities=["US_DRIVER_LICENSE"]),
    apart(asked("AC432223", context=["license"], entities=["US_DRIVER_LICENSE"]), "programs have licenses, too"),
    asked(CARD, context=[]),
    asked(CARD, context=None),
    asked(CARD, context=[7]),
    # What is allowed.
    asked(MAIL, allow_list=["admin@github.com"]),
    asked(MAIL, allow_list=["admin@github.com", "github.com"]),
    asked(MAIL, allow_list=["ADMIN@github.com"], entities=["EMAIL_ADDRESS"]),
    asked(MAIL, allow_list=[".*github.com"], allow_list_match="regex"),
    asked(MAIL, allow_list=[".*GitHub.com"], allow_list_match="regex"),
    asked(MAIL, allow_list=[".*GitHub.com"], allow_list_match="regex", regex_flags=0, entities=["EMAIL_ADDRESS"]),
    asked(MAIL, allow_list=[], allow_list_match="regex"),
    asked(MAIL, allow_list=["", "x"], allow_list_match="regex"),
    asked(MAIL, allow_list=["a"], allow_list_match="like"),
    asked(MAIL, allow_list_match="like"),
    asked(MAIL, allow_list=None, allow_list_match=None),
    asked(MAIL, allow_list="admin@github.com"),
    asked(MAIL, allow_list=[7]),
    asked(MAIL, allow_list=[7], allow_list_match="regex"),
    asked(MAIL, allow_list=7),
    ours(asked(MAIL, allow_list=["("], allow_list_match="regex"), 400, UNUSABLE.format("allow_list")),
    asked(MAIL, allow_list=["git"], allow_list_match="regex", regex_flags="i"),
    # Recognizers of the request's own.
    ad_hoc(LICENCE, ZIP, entities=["ZIP"]),
    ad_hoc(LICENCE, {**ZIP, "context": ["zip", "code"]}, entities=["ZIP"], return_decision_process=True),
    ad_hoc(LICENCE, {**ZIP, "context": ["zip"]}, entities=["ZIP"], context=["zip"]),
    ad_hoc(LICENCE, {**ZIP, "context": ["zip"]}, entities=["ZIP"], context=["myZIPcode"]),
    ad_hoc(LICENCE, ZIP, MISTER, entities=["ZIP", "MR_TITLE"]),
    ad_hoc("Mr. Smith, mr. Jones and Mister Moss", MISTER, entities=["MR_TITLE"]),
    ad_hoc("Mr. Smith", MISTER, entities=["MR_TITLE"], return_decision_process=True),
    ad_hoc("Mr. Smith", {**MISTER, "deny_list_score": 0.4}, entities=["MR_TITLE"]),
    ad_hoc(LICENCE, without(ZIP, "name"), entities=["ZIP"], return_decision_process=True),
    ad_hoc(LICENCE, without(ZIP, "supported_language"), entities=["ZIP"]),
    ad_hoc(LICENCE, {**ZIP, "supported_language": "de"}, entities=["ZIP"]),
    ad_hoc(LICENCE, {**without(ZIP, "supported_entity"), "supported_entities": ["ZIP"]}, entities=["ZIP"]),
    ad_hoc(LICENCE, {**ZIP, "supported_entities": ["ZIP"]}),
    ad_hoc(LICENCE, without(ZIP, "supported_entity")),
    ad_hoc(LICENCE, {**ZIP, "supported_entity": ""}),
    ad_hoc(LICENCE, without(ZIP, "patterns")),
    ad_hoc(LICENCE, {**ZIP, "patterns": []}),
    ad_hoc(LICENCE, {**ZIP, "bebex": "y"}),
    ad_hoc(LICENCE, pattern(score=2)),
    ad_hoc(LICENCE, pattern(score="high")),
    ours(ad_hoc(LICENCE, pattern(regex="(")), 400, UNUSABLE.format("zip code (weak)")),
    ours(ad_hoc(LICENCE, pattern(regex="(?<=: )\\d+", score=0.5), entities=["ZIP"]), 400, UNUSABLE.format("zip code (weak)")),
    ad_hoc(LICENCE, pattern(regex=7)),
    ad_hoc(LICENCE, pattern(score=0), entities=["ZIP"]),
    ad_hoc(LICENCE, {**ZIP, "patterns": [{}]}),
    ad_hoc(LICENCE, {**ZIP, "patterns": [{"regex": "x"}]}),
    ad_hoc(LICENCE, {**ZIP, "patterns": [ZIP_PATTERN, {"name": "one", "regex": "00", "score": 0.01}]}, entities=["ZIP"]),
    ad_hoc(LICENCE, {**ZIP, "patterns": [ZIP_PATTERN, {"name": "one", "regex": "00", "score": 0.5}]}, entities=["ZIP"]),
    ad_hoc(LICENCE, {**MISTER, "deny_list_score": 7}),
    ad_hoc(LICENCE, {**MISTER, "deny_list": [7]}),
    ad_hoc(LICENCE, ZIP, entities=["ZIP"], regex_flags=0),
    ad_hoc(LICENCE, pattern(regex="ZIP CODE", score=0.5), entities=["ZIP"], regex_flags=0),
    ad_hoc(LICENCE, {**ZIP, "context": ["ZI"]}, entities=["ZIP"], return_decision_process=True),
    ad_hoc(LICENCE, {**ZIP, "context": ["postal"]}, entities=["ZIP"], return_decision_process=True),
    ad_hoc(LICENCE, {**pattern(score=0.9), "context": ["zip"]}, entities=["ZIP"]),
    ad_hoc(LICENCE, pattern(bebex="y")),
    ad_hoc(LICENCE, {**ZIP, "patterns": [without(ZIP_PATTERN, "score")]}),
    ad_hoc(LICENCE, {**ZIP, "patterns": [without(ZIP_PATTERN, "name")]}),
    ad_hoc(LICENCE, {**ZIP, "patterns": ["(\\d+)"]}),
    ad_hoc(LICENCE, "zip"),
    ad_hoc(LICENCE, entities=["ZIP"]),
    asked(LICENCE, ad_hoc_recognizers=None, entities=["US_SSN"]),
    asked(LICENCE, ad_hoc_recognizers="zip"),
    asked(LICENCE, ad_hoc_recognizers=7),
    ad_hoc(LICENCE, pattern(regex="ZIP CODE", score=0.5), entities=["ZIP"]),
    ad_hoc(LICENCE, {**pattern(regex="ZIP CODE", score=0.5), "global_regex_flags": 0}, entities=["ZIP"]),
    ad_hoc(LICENCE, pattern(regex="x*", score=0.5), entities=["ZIP"]),
    ad_hoc("10023 10023", pattern(score=0.6), entities=["ZIP"]),
    ad_hoc("😀é 10023", pattern(score=0.6), entities=["ZIP"]),
    # What makes no sense.
    ("POST /analyze", {"language": "en"}),
    ("POST /analyze", {"text": CARD}),
    ("POST /analyze", {}),
    ("POST /analyze", {"text": "", "language": "en"}),
    ("POST /analyze", {"text": None, "language": "en"}),
    ("POST /analyze", {"text": CARD, "language": ""}),
    ("POST /analyze", {"text": CARD, "language": None}),
    ("POST /analyze", {"text": CARD, "language": "zz"}),
    ("POST /analyze", {"text": CARD, "language": "EN"}),
    ("POST /analyze", {"text": CARD, "language": 7}),
    ("POST /analyze", {"text": CARD, "language": ["en"]}),
    ("POST /analyze", {"text": 7, "language": "en"}),
    ("POST /analyze", {"text": 4111111111111111, "language": "en"}),
    ("POST /analyze", {"text": True, "language": "en"}),
    ("POST /analyze", {"text": 0, "language": "en"}),
    ("POST /analyze", {"text": {"a": "b"}, "language": "en"}),
    ("POST /analyze", {"text": False, "language": "en"}),
    # Lists.
    ("GET /supportedentities", {}),
    ("GET /supportedentities?language=en", {}),
    ("GET /supportedentities?language=zz", {}),
    ("GET /supportedentities?unknown=input", {}),
    ("GET /recognizers", {}),
    ("GET /recognizers?language=en", {}),
    ("GET /recognizers?language=zz", {}),
    ("GET /recognizers?language=", {}),
]


@spacy.Language.component("words_as_written")
def words_as_written(doc):
    """A word's lemma is the word in small letters: what Presidio compares context words with."""
    for token in doc:
        token.lemma_ = token.text.lower()
    return doc


class Tokens(SpacyNlpEngine):
    """Splits into words and knows nothing else."""

    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.load()

    def load(self):
        blank = spacy.blank("en")
        blank.add_pipe("words_as_written")
        self.nlp = {"en": blank}

    def is_loaded(self):
        return True


def analyzer():
    tokens = Tokens()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(nlp_engine=tokens, languages=["en"])
    registry.recognizers = [r for r in registry.recognizers if r.name != "SpacyRecognizer"]
    return AnalyzerEngine(nlp_engine=tokens, registry=registry, supported_languages=["en"])


def analyze(engine, request):
    read = AnalyzerRequest(request)
    if not read.text:
        raise ValueError("No text provided")
    if not read.language:
        raise ValueError("No language provided")
    engine.get_supported_entities(read.language)
    several = isinstance(read.text, list)
    texts = read.text if several else [read.text]
    names = ["correlation_id", "score_threshold", "entities", "return_decision_process", "ad_hoc_recognizers"]
    names += ["context", "allow_list", "allow_list_match", "regex_flags"]
    more = {name: getattr(read, name) for name in names}
    found = BatchAnalyzerEngine(engine).analyze_iterator(texts, language=read.language, batch_size=len(texts), **more)
    for result in (result for results in found for result in results):
        del result.recognition_metadata
    answer = json.loads(json.dumps(found, default=lambda o: o.to_dict(), sort_keys=True))
    return answer if several else answer[0]


def served(engine, path, request):
    if path == "POST /analyze":
        return analyze(engine, request)
    language = path.partition("language=")[2] or None
    if "/recognizers" in path:
        return sorted(recognizer.name for recognizer in engine.get_recognizers(language))
    return sorted(engine.get_supported_entities(language))


def recorded(engine, path, request, more=None):
    try:
        status, answer = 200, served(engine, path, json.loads(json.dumps(request)))
    except TypeError as wrong:
        why = f"Failed to parse /analyze request for AnalyzerEngine.analyze(). {wrong.args[0]}"
        status, answer = 400, {"error": why}
    except Exception as failed:  # as the service does
        status, answer = 500, {"error": failed.args[0]}
    return {"path": path, "request": request, "status": status, "answer": answer, **(more or {})}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    engine = analyzer()
    rows = [json.dumps(recorded(engine, *request), ensure_ascii=False) for request in REQUESTS]
    sys.stdout.write("[\n" + ",\n".join(rows) + "\n]\n")
