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
