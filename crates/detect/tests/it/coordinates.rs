use crate::marked::{check, check_clean};

#[test]
fn coordinates_are_found_in_decimals_and_in_degrees() {
    check(&[
        "I was at ‹coordinates:51.50722, -0.12750› when the cab cancelled",
        "‹coordinates:52.5200,13.4050›",
        "‹coordinates!:geo:52.5200,13.4050›",
        "‹coordinates!:52.5200° N, 13.4050° E›",
        "‹coordinates!:N 52.5200 E 13.4050›",
        "‹coordinates!:51°30'26\"N 0°7'39\"W›",
        "‹coordinates!:51° 30′ 26.5″ N, 0° 7′ 39″ W›",
        "‹coordinates!:48°51.4'N 2°21.05'E›",
        "my location: ‹coordinates:52.52, 13.40›",
        "Koordinaten ‹coordinates:52.52 13.40›",
        "‹coordinates:-33.86882; 151.20929›",
        "lat ‹coordinates:52.5200 long 13.4050›".replace("long", "longitude").as_str(),
        "plus code ‹coordinates:9F4MGC2F+XW› please",
        "my location is ‹coordinates:GC2F+XW›",
    ]);
}

#[test]
fn prices_versions_and_measures_are_no_coordinates() {
    check_clean(&[
        "12.50, 13.40",
        "1.2345 or 2.3456",
        "EUR 1.0845, 1.0850 yesterday".replace("1.0845, 1.0850", "1.084, 1.085").as_str(),
        "v1.2.3.4567",
        "52.5200% 13.4050%",
        "99.1234, 13.1234",
        "52.5200, 213.4050",
        "it is 30°C outside, 20°C inside",
        "5'11\" tall",
        "location 5+5",
        "from 10.5 to 11.5",
        "51°30'26\"",
    ]);
}

#[test]
fn a_direction_may_stand_before_its_degrees() {
    check(&[
        "I'm at ‹coordinates!:N 51° 30.444 W 0° 7.650›",
        "gps ‹coordinates!:S 33° 51.418, E 151° 12.909›",
    ]);
    check_clean(&["N 51° and no more", "turn 90° W then 30° N"]);
}
