use crate::marked::{check, check_clean};

#[test]
fn devices_and_vehicles_are_found_by_check_digit_or_cue() {
    check(&[
        "mac ‹mac!:00:1A:2B:3C:4D:5E›",
        "‹mac:00-1a-2b-3c-4d-5e›",
        "VIN ‹vin!:1M8GDM9AXKP042788›",
        "‹vin:1M8GDM9AXKP042788›",
        "Fahrgestellnummer ‹vin:WVWZZZ1JZXW000001›",
        "IMEI number is ‹imei:490154203237519›",
    ]);
    check_clean(&["1M8GDM9AYKP042788", "00:1A:2B:3C:4D", "what is an imei?", "at 00-11-22-33-44-55"]);
}

#[test]
fn what_has_four_small_parts_is_a_version_unless_a_word_says_address() {
    check_clean(&[
        "since update 18.11.7.19 nothing works",
        "fixed in 1.6.5.2",
        "see 2.3.4.1 Arrays",
        "$Revision: 1.1.1.3 $",
        "the escape is [1092::97;5;1092u",
    ]);
    check(&[
        "my ip is ‹ipv4!:18.11.7.19›",
        "ping ‹ipv4:8.8.8.8› works, ‹ipv4:10.1.2.3› does not",
        "connected to ‹ipv4:18.11.7.19›:8080",
    ]);
}

#[test]
fn a_mac_address_as_switches_write_it_is_found_by_its_word() {
    check(&["MAC ‹mac!:0011.22aa.bb55›?", "mac address: ‹mac!:001122aabb55›"]);
    check_clean(&["lot 0011.22aa.bb55", "commit 001122aabb55"]);
}
