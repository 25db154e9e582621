"""What people rely on, case by case."""

import threading
import time
from importlib import resources

import pytest

from aside_detect import Detector

CARD = "4111 1111 1111 1111"


def found(text, detector=Detector(), **context):
    return [(finding.kind, text[finding.start : finding.end]) for finding in detector.detect(text, **context)]


def test_a_card_number_is_found_with_its_type_and_reasons():
    (card,) = Detector().detect(f"charge {CARD} please")
    assert (card.type, card.kind, card.label, card.start, card.end) == ("fin.pan", "card", "card number", 7, 26)
    assert card.certainty == "certain" and 0 < card.score <= 1 and "luhn" in card.evidence
    assert card.data_class == "sensitive"
    assert "kind='card'" in repr(card) and "4111" not in repr(card)


@pytest.mark.parametrize("before", ["", "é ", "日本語 ", "😀 ", "\u202e", "\ud83d ", "\udfff\ud800 "])
def test_places_count_code_points(before):
    assert found(f"{before}anna@example.com \ude00") == [("email", "anna@example.com")]


@pytest.mark.parametrize("text", ["", " ", "\0", "My parcel has not come.", "\ud800"])
def test_a_text_without_personal_data_has_no_findings(text):
    assert Detector().detect(text) == []


def test_a_date_after_a_question_for_it_is_a_date_of_birth():
    assert found("12/04/85", question="What is your date of birth?") == [("dob", "12/04/85")]


def test_a_region_makes_national_numbers_known():
    assert Detector().detect("01711234567") == []
    assert found("01711234567", Detector(regions=["DE"])) == [("phone", "01711234567")]


def test_only_the_types_that_were_asked_for_are_reported():
    assert found(f"{CARD}, anna@example.com", Detector(types=["fin.pan"])) == [("card", CARD)]


def test_a_name_that_no_word_introduces_is_found_where_asked_for():
    text = "Yesterday Angela Martinez went to Berlin with Michael Johnson"
    assert [kind for kind, _ in found(text)].count("person") == 0
    assert [kind for kind, _ in found(text, Detector(names=True))].count("person") >= 1


@pytest.mark.parametrize("settings", [{"regions": ["Atlantis"]}, {"types": ["fin.gold"]}, {"regions": [""]}])
def test_wrong_settings_are_refused(settings):
    with pytest.raises(ValueError):
        Detector(**settings)


@pytest.mark.parametrize("wrong", [None, 7, b"4111", [CARD], object()])
def test_what_is_no_text_is_refused(wrong):
    with pytest.raises(TypeError):
        Detector().detect(wrong)
    with pytest.raises(TypeError):
        Detector().detect_many([CARD, wrong])
    with pytest.raises(TypeError):
        Detector().anonymise(wrong)


def test_many_texts_give_what_each_gives_in_order():
    texts = [f"{number} {CARD}" if number % 3 else "nothing" for number in range(1000)]
    detector = Detector()
    assert detector.detect_many(texts) == [detector.detect(text) for text in texts]
    assert detector.detect_many([]) == []
    assert detector.detect_many([CARD])[0][0].kind == "card"


def test_other_threads_go_on_while_many_texts_are_looked_at():
    ticks, done = 0, threading.Event()
    texts = ["my number is +49 30 901820, and so on. " * 40] * 2000
    work = threading.Thread(target=lambda: (Detector().detect_many(texts), done.set()))
    work.start()
    while not done.is_set():
        ticks += 1
        time.sleep(0.001)
    work.join()
    assert ticks > 5


@pytest.mark.parametrize("piece", ["1 ", "a@", "card ", f"{CARD} ", "\u200d", "\ud800", "my password is "])
def test_hostile_texts_end_and_places_lie_within(piece):
    text = piece * (64 * 1024 // len(piece))
    for finding in Detector().detect(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_a_huge_text_is_read_to_its_end():
    text = "nothing here. " * 300_000 + "anna@example.com"
    assert found(text) == [("email", "anna@example.com")]


def test_what_was_found_is_replaced_masked_or_kept():
    text = f"card {CARD}, mail anna@example.com"
    assert Detector().anonymise(text).text == "card <CARD>, mail <EMAIL>"
    assert Detector().anonymise(text, operators={"card": "mask"}).text == "card •••• 1111, mail <EMAIL>"
    assert Detector().anonymise(text, "redact", {"contact.email": "keep"}).text == "card , mail anna@example.com"
    assert Detector().anonymise("\ud800 anna@example.com").text == "\ufffd <EMAIL>"


@pytest.mark.parametrize("before", ["", "é ", "日本語 ", "😀 ", "\ud83d "])
def test_items_say_what_was_done_and_where(before):
    text = f"{before}card {CARD}, mail anna@example.com"
    safe = Detector().anonymise(text, operators={"card": "mask", "email": "redact"})
    card, email = safe.items
    assert (card.type, card.kind, card.operator) == ("fin.pan", "card", "mask")
    assert safe.text[card.start : card.end] == "•••• 1111"
    assert text[card.original_start : card.original_end] == CARD
    assert (email.operator, email.start) == ("redact", email.end)
    assert text[email.original_start : email.original_end] == "anna@example.com"
    assert safe == Detector().anonymise(text, operators={"card": "mask", "email": "redact"})
    assert safe != Detector().anonymise(text)


def test_what_is_printed_of_results_holds_no_value_and_str_gives_the_text():
    safe = Detector().anonymise(f"card {CARD}", "keep")
    assert repr(safe) == "Anonymised(items=1)" and str(safe) == safe.text == f"card {CARD}"
    assert repr(safe.items) == "[Item(type='fin.pan', kind='card', operator='keep', start=5, end=24)]"
    assert Detector().anonymise("nothing").items == []
    with pytest.raises(AttributeError):
        safe.text = "other"


def test_what_was_encrypted_opens_with_its_key_alone():
    text, key = f"card {CARD}", bytes(range(32))
    safe = Detector().anonymise(text, "encrypt", key=key).text
    assert "4111" not in safe
    opened = Detector().decrypt(safe, key=key)
    assert (opened.text, opened.unopened) == (text, [])
    assert [(item.kind, item.operator, text[item.start : item.end]) for item in opened.items] == [("card", "decrypt", CARD)]
    shut = Detector().decrypt(safe, key=bytes(32))
    assert (shut.text, shut.items, shut.unopened) == (safe, [], [(5, len(safe))])
    assert repr(shut) == "Opened(items=0, unopened=1)" and str(shut) == safe


@pytest.mark.parametrize(
    "arguments",
    [
        {"default": "explode"},
        {"default": "encrypt"},
        {"default": "encrypt", "key": b"short"},
        {"operators": {"no-kind": "mask"}},
        {"operators": {"card": "explode"}},
    ],
)
def test_wrong_operators_and_keys_are_refused(arguments):
    with pytest.raises(ValueError):
        Detector().anonymise(CARD, **arguments)


def test_types_come_with_the_package():
    package = resources.files("aside_detect")
    assert package.joinpath("py.typed").is_file()
    assert "class Anonymised" in package.joinpath("__init__.pyi").read_text()
