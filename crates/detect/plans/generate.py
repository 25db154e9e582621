#!/usr/bin/env python3
"""Writes `src/family/phone/plans.rs`: calling codes, lengths and first digits of national numbers.

usage: pip install phonenumbers && python3 crates/detect/plans/generate.py | rustfmt --edition 2024

The facts are those of the numbering plans (ITU-T E.164 and the national regulators') as the
`phonenumbers` package (Apache License 2.0) keeps them. For every calling code it is tried which
lengths and which two first digits a person's or a shop's number can have (fixed, mobile, internet,
personal; of numbers without a country also the others); nothing else is kept.
"""
import random

import phonenumbers
from phonenumbers import PhoneMetadata

SHORTEST, LONGEST, DRAWS = 5, 12, 40
ORDINARY = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.VOIP,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
}


def numbers(code, region, head, length, chance):
    """Some national numbers that begin with `head`."""
    for _ in range(DRAWS):
        rest = "".join(chance.choice("0123456789") for _ in range(length - len(head)))
        number = phonenumbers.PhoneNumber(country_code=code, national_number=int(head + rest))
        if head.startswith("0"):
            number.italian_leading_zero = True
            if head == "00":
                number.number_of_leading_zeros = 2
        yield number


def is_ordinary(number):
    return phonenumbers.number_type(number) in ORDINARY


def plan(code, regions, chance):
    lengths = heads = 0
    for region in regions:
        metadata = (
            PhoneMetadata.metadata_for_nongeo_region(code)
            if region == "001"
            else PhoneMetadata.metadata_for_region(region)
        )
        for length in metadata.general_desc.possible_length:
            if not SHORTEST <= length <= LONGEST:
                continue
            for head in range(100):
                valid = any(
                    (phonenumbers.is_valid_number(number) if region == "001" else is_ordinary(number))
                    for third in range(10)
                    for number in numbers(code, region, f"{head:02}{third}", length, chance)
                )
                if valid:
                    lengths |= 1 << length
                    heads |= 1 << head
    return lengths, heads


def trunk(region):
    prefix = PhoneMetadata.metadata_for_region(region).national_prefix or ""
    return prefix if prefix.isdigit() else ""


def main():
    chance = random.Random(1)
    print("//! Written by `crates/detect/plans/generate.py`; do not edit by hand.")
    print("\nuse super::plan::{Home, Plan};\n")
    print("/// The plan of every calling code (ITU-T E.164), sorted by code.")
    print("#[rustfmt::skip]\npub(super) const PLANS: &[Plan] = &[")
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        lengths, heads = plan(code, regions, chance)
        if lengths:
            print(f"    Plan::new({code}, 0x{lengths:04x}, 0x{heads:034_x}),")
    print("];\n")
    print("/// The calling code and trunk prefix of every region (ISO 3166-1 alpha-2), sorted.")
    print("#[rustfmt::skip]\npub(super) const HOMES: &[Home] = &[")
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        code = PhoneMetadata.metadata_for_region(region).country_code
        print(f'    Home::new("{region}", {code}, "{trunk(region)}"),')
    print("];")


main()
