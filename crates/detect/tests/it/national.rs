use crate::marked::{check, check_clean, check_with};
use aside_detect::{Detector, Region};

fn at_home(region: &str) -> Detector {
    let region: Region = region.parse().expect("two letters");
    Detector::builder().regions([region]).build()
}

#[test]
fn a_number_with_check_digits_is_found_where_a_word_names_it() {
    check(&[
        "UTR ‹uk_utr!:1955839661›",
        "NHS number ‹nhs_number!:943 476 5919›",
        "my PPS number is ‹ie_pps!:1234567T›",
        "numéro fiscal ‹fr_spi!:30 23 217 600 053›",
        "SIREN ‹fr_siren!:732 829 320›, SIRET ‹fr_siret!:732 829 320 00074›",
        "mijn BSN is ‹nl_bsn!:111222333›",
        "rijksregisternummer ‹be_national_number!:85073003328›",
        "Steuer-ID: ‹de_tax_id!:36574261809›",
        "Personalausweis ‹de_id_card!:L22N7XK3P4›",
        "Versichertennummer ‹de_kvnr!:A123456780›",
        "meine SVNR ist ‹at_svnr!:1237 010180›",
        "AVS ‹ch_ahv!:7569217076985›",
        "CIF ‹es_cif!:A58818501›",
        "nº seguridad social ‹es_nuss!:28/61836546/53›",
        "partita IVA ‹it_partita_iva!:12345670017›",
        "contribuinte ‹pt_nif!:501964843›",
        "ΑΦΜ ‹gr_afm!:094259216›",
        "TIC number ‹cy_tic!:10259033P›",
        "organisationsnummer ‹se_organisation_number!:556016-0680›",
        "minu isikukood on ‹ee_isikukood!:37605030299›",
        "asmens kodas ‹lt_asmens_kodas!:33309240064›",
        "personas kods ‹lv_personas_kods!:161175-19997›",
        "mój PESEL to ‹pl_pesel!:44051401359›",
        "NIP ‹pl_nip!:123-456-32-18›, REGON ‹pl_regon!:123456785›",
        "dowód ‹pl_identity_card!:ABA 300000›",
        "adóazonosító jelem ‹hu_tax_id!:8071592153›, TAJ szám ‹hu_taj!:111 111 110›",
        "CNP ‹ro_cnp!:1630615123457›, CUI ‹ro_cui!:18547290›",
        "IDNP ‹md_idnp!:2005021133315›",
        "ЕГН ‹bg_egn!:7523169263›",
        "OIB ‹hr_oib!:33392005961›",
        "ИНН ‹ru_inn!:500100732259› и ИНН ‹ru_inn!:7707083893›",
        "РНОКПП ‹ua_rnokpp!:1759013776›",
        "ИИН ‹kz_iin!:850101300015›",
        "TC kimlik no ‹tr_tckn!:10000000146›",
        "תעודת זהות ‹il_id!:039337423›",
        "رقم الإقامة ‹sa_id!:2053040206›",
        "کد ملی ‹ir_national_code!:0499370899›",
        "आधार ‹in_aadhaar!:234123412346›",
        "NIC number ‹lk_nic:853400937V›",
        "統一編號 ‹tw_id!:A123456789›",
        "マイナンバー ‹jp_my_number!:123456789018›",
        "マイナンバーは‹jp_my_number!:1234 5678 9018›です",
        "TC ‹tr_tckn!:10000000146›",
        "사업자등록번호 ‹kr_business_number!:124-81-00998›",
        "TFN ‹au_tfn!:123 456 782›",
        "Medicare card ‹au_medicare!:2951 64852 1›",
        "ABN ‹au_abn!:51 824 753 556›, ACN ‹au_acn!:004 085 616›",
        "IRD number ‹nz_ird!:49-091-850›",
        "my SIN is ‹ca_sin!:046 454 286›",
        "NSS ‹mx_nss!:12345678903›",
        "CPF: ‹br_cpf!:52998224725›",
        "CNH ‹br_cnh!:62472927637›, título de eleitor ‹br_voter!:0043 5687 0906›",
        "cartão SUS ‹br_cns!:700 0000 0000 0048›",
        "mi CUIT es ‹ar_cuit!:20267565393›",
        "RUT ‹cl_rut!:12531909-2›",
        "NIT ‹co_nit!:213123432-1›",
        "RUC ‹pe_ruc!:20512333797›",
        "cédula ‹ec_cedula!:1714307103›, cédula ‹uy_ci!:1.234.567-2›",
        "RIF ‹ve_rif!:V-11470283-4›",
        "NPI ‹us_npi!:1234567893›, DEA number ‹us_dea!:AB1234563›",
        "NHI ‹nz_nhi!:ZAC5361›",
    ]);
}

#[test]
fn a_telling_form_needs_no_word() {
    check(&[
        "here: ‹uk_nino:QQ 12 34 56 C›",
        "hier ‹uk_nino:AB123456C› bitte",
        "my details ‹uk_driving_licence!:MORGA657054SM9IJ›",
        "‹fr_nir!:1 84 12 76 451 089 46› merci",
        "j'envoie ‹fr_nir!:255081416802538› ou 1 84 07 2B 004 123 68; ‹fr_nir!:184072B00412367›",
        "hier ‹be_national_number!:85.07.30-033.28›",
        "‹de_tax_id!:36 574 261 809›",
        "meine lautet ‹de_pension_number!:15 070649 C 103›",
        "‹ch_ahv!:756.9217.0769.85›",
        "soy ‹es_nif:12345678Z› y mi mujer ‹es_nie:X1234567L›",
        "‹es_nif:54.362.315-K›",
        "‹it_codice_fiscale!:RSSMRA85T10A562S›",
        "con omocodia ‹it_codice_fiscale!:RSSMRA85T10A56NH›",
        "aqui ‹pt_cartao_cidadao:00000000 0 ZZ4›",
        "‹dk_cpr!:211062-5629›",
        "‹se_personnummer!:811218-9876› och ‹se_personnummer!:19811218-9876›",
        "‹no_fodselsnummer!:151086 95088›",
        "‹fi_hetu!:131052-308T› ja ‹fi_hetu!:010203A1230›",
        "‹is_kennitala!:120174-3399›",
        "‹cz_sk_birth_number!:800101/1238›",
        "‹hu_personal_id!:1-821213-1231›",
        "‹si_emso!:0101006500006›",
        "‹jmbg!:0710003730015›",
        "‹ru_snils!:112-233-445 95›",
        "‹ae_emirates_id!:784-1984-1234567-4›",
        "‹za_id!:7503305044089›",
        "‹gh_card:GHA-123456789-1›",
        "‹in_aadhaar:2341 2341 2346›",
        "‹in_pan:ABCPK1234F› aur ‹in_gstin!:27AAPFU0939F1ZV›",
        "‹pk_cnic:42201-0397640-8›",
        "‹sg_nric_fin:S1234567D›",
        "‹my_nric:770305-02-1234›",
        "‹th_id:1-2345-45678-78-1›",
        "‹cn_resident_id!:11010519491231002X›",
        "‹hk_id:A123456(3)›",
        "‹kr_rrn!:971013-1019901›",
        "‹mx_curp!:BOXW310820HNERXN09›",
        "‹mx_rfc!:GODE561231GR8›",
        "‹br_cpf!:529.982.247-25› e ‹br_cnpj!:11.222.333/0001-81›",
        "‹ar_cuit:20-26756539-3›",
        "‹cl_rut:12.531.909-2›",
        "‹do_cedula:224-0002211-1›",
        "‹us_mbi:1EG4-TE5-MK73›",
        "‹vat:DE136695976›, ‹vat:ATU13585627›, ‹vat:FR40303265045›, ‹vat:NL004495445B01›",
    ]);
}

#[test]
fn a_number_with_a_wrong_check_digit_or_date_is_none() {
    check_clean(&[
        "hier AB123456E, BG123456A, DA123456B",
        "j'envoie 1 84 12 76 451 089 47",
        "hier 85.07.30-033.29",
        "36 574 261 808",
        "15 070649 C 104",
        "756.9217.0769.84",
        "soy 12345678A y X1234567A",
        "RSSMRA85T10A562T",
        "211062-5628 och 811218-9877 og 120174-3397",
        "991399-8764",
        "131052-308U",
        "800101/1239",
        "112-233-445 96",
        "784-1984-1234567-5",
        "7503305044088",
        "2341 2341 2345",
        "22227-0397640-x",
        "S1234567E",
        "770335-02-1234",
        "1-2345-45678-78-2",
        "110105194912310021",
        "A123456(4)",
        "BOXW310820HNERXN08",
        "529.982.247-24 e 11.222.333/0001-82",
        "20-26756539-4 y 12.531.909-3",
        "DE136695977, FR41303265045",
        "1EG4-TE5-MK7S",
    ]);
}

#[test]
fn a_mistyped_number_under_its_own_name_is_only_likely() {
    check(&[
        "my BSN is ‹nl_bsn:111222334›",
        "PESEL: ‹pl_pesel:44051401358›",
        "CPF ‹br_cpf:529.982.247-24›",
        "codice fiscale ‹it_codice_fiscale:RSSMRA85T10A562T›",
    ]);
    check_clean(&["my BSN is 1112", "what is a PESEL? I have 3 of 12", "BSN 000000000"]);
}

#[test]
fn order_numbers_prices_and_parcels_are_no_numbers_of_persons() {
    check_clean(&[
        "order 111222333",
        "where is my order 44051401359?",
        "Bestellung 36574261809",
        "pedido 52998224725",
        "parcel 12345678Z is late",
        "tracking number S1234567D",
        "ref 211062-5629",
        "invoice DE136695976",
        "EAN 4006381333931",
        "1234567893 and 0123456789",
        "score 12-34-56, size 75-85, version 85.07.30",
        "it costs 123 456 782 rupees",
        "the flight AB1234 and the gate B12",
        "batch ABC123456 of 2024",
        "X1234567",
        "RFC 2616 and RFC: 7231",
        "I forgot my PIN and my passport",
        "my passport was stolen on flight 1234567",
        "the visa fee was 12345678",
        "ein 12-jähriger, nie 12345678 mal",
        "pan for 4 people, sin 12345 euro",
        "plate says 120 V",
        "serial killers since 1999",
        "I need a new driver's license by 2025",
        "the national id portal is down since 10:30",
    ]);
}

#[test]
fn what_is_short_or_weak_is_found_where_its_country_is_asked_for() {
    for (region, texts) in [
        ("PL", &["‹pl_pesel!:44051401359›", "‹pl_nip:123-456-32-18›"][..]),
        ("BR", &["‹br_cpf!:52998224725›", "‹plate:BRA2E19›"]),
        ("CA", &["‹ca_sin:046-454-286›"]),
        ("GB", &["‹nhs_number:943 476 5919›", "‹plate:AB12 CDE›"]),
        ("EE", &["‹ee_isikukood!:37605030299›"]),
        ("LT", &["‹lt_asmens_kodas!:33309240064›"]),
        ("TR", &["‹tr_tckn!:10000000146›"]),
        ("RO", &["‹ro_cnp!:1630615123457›"]),
        ("AT", &["‹at_svnr!:1237 010180›"]),
        ("AU", &["‹au_abn!:51 824 753 556›", "‹au_medicare:2951 64852 1›"]),
        ("JP", &["‹jp_my_number:1234 5678 9018›"]),
        ("DE", &["‹plate:K-AB 1234›"]),
        ("FR", &["‹plate:AB-123-CD›"]),
    ] {
        check_with(&at_home(region), texts);
    }
    check_clean(&["44051401359", "123-456-32-18", "BRA2E19", "AB12 CDE", "K-AB 1234", "10000000146"]);
}

#[test]
fn a_document_is_found_by_the_word_before_it() {
    check(&[
        "passport no. ‹passport:533380006›",
        "Reisepass: ‹passport:C01X00T47›",
        "mon passeport ‹passport:12AB34567›, pasaporte ‹passport:PAA123456›, passaporto ‹passport:YA1234567›",
        "паспорт ‹ru_passport:45 08 123456›",
        "护照号码 ‹passport:E12345678›",
        "driver's license ‹us_driver_license:D1234567› and state id ‹us_driver_license:123-456-789›",
        "Führerschein ‹driving_licence:B072RRE2I55›",
        "carta d'identità ‹it_identity_card:CA12345AA›",
        "DNI ‹ar_dni:12.345.678›",
        "PAN: ‹in_pan:ABCDE1234F›, DL# ‹us_driver_license:Y1234567›",
        "cédula de ciudadanía ‹cedula:1.020.304.050›",
        "residence permit number ‹immigration:ZU1234567›, visa no ‹immigration:12345678›",
        "alien number ‹alien_number:A123456789›, it is ‹case_receipt:EAC1234567890›",
        "my tax number is ‹tax_id:987654321›",
    ]);
}

#[test]
fn a_plate_is_found_by_the_word_before_it() {
    check(&[
        "number plate ‹plate:AB12 CDE›",
        "Kennzeichen: ‹plate:M-XY 987›",
        "plaque ‹plate:AB-123-CD›, matrícula ‹plate:1234 BBC›, targa ‹plate:GH 482 KL›",
        "kenteken ‹plate:12-ABC-3›, nr rejestracyjny ‹plate:WX 12345›",
        "placa ‹plate:BRA2E19›",
        "car reg ‹plate:ab12cde›",
        "‹plate:MH 12 AB 1234›",
    ]);
}

#[test]
fn patients_and_devices_are_found_by_the_word_before_them() {
    check(&[
        "MRN ‹mrn:00482913›",
        "Patientennummer: ‹mrn:4711223›",
        "member id ‹health_plan:XYZ123456789›",
        "serial no ‹serial:C02ZK1ABMD6T›",
        "serial number: ‹serial:DNPXK0XYN0D6›",
        "Seriennummer ‹serial:4CE0460D0G›",
        "iccid ‹iccid!:8949105888718033402›",
        "‹iccid:8949105888718033402›",
        "my IDFA is ‹advertising_id:6D92078A-8246-4BA4-AE5B-76104861E7DC›",
        "cookie id: ‹cookie_id:GA1.2.1234567890.1700000000›",
    ]);
    check_clean(&["request 6D92078A-8246-4BA4-AE5B-76104861E7DC failed", "8949105888718033403"]);
}

#[test]
fn the_lines_for_machines_are_found_whole() {
    let passport =
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let card =
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    check(&[&format!("here: ‹mrz!:{passport}› thanks"), &format!("‹mrz!:{card}›")]);
    check_clean(&[
        "L898902C37UTO7408123F1204158ZE184226B<<<<<10",
        "a << b << c",
        "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
    ]);
}

#[test]
fn numbers_before_their_name_and_answers_to_a_question_are_found() {
    check(&[
        "‹pl_pesel!:44051401359› is my PESEL",
        "‹es_nif!:12345678Z› es mi DNI",
        "Your BSN? ‹nl_bsn!:111222333›",
        "BSN ‹nl_bsn!:1112.22.333›",
        "BSN ‹nl_bsn!:１１１２２２３３３›",
    ]);
    check_clean(&["my BSN. My order number is 111222333", "my BSN and phone"]);
}

#[test]
fn plates_of_turkey_ireland_and_the_east_are_found_by_their_word() {
    check(&[
        "plakam ‹plate:34 ABC 123›",
        "plaka: ‹plate:06 AB 1234›",
        "car reg ‹plate:131-D-12345›",
        "Kennzeichen ‹plate:W-12345A›",
        "SPZ ‹plate:1AB 2345›",
        "număr de înmatriculare ‹plate:CJ 12 ABC›",
    ]);
    check_clean(&["34 ABC 123 was the offer", "row 06 AB 1234"]);
}

#[test]
fn a_name_that_is_an_ordinary_word_counts_in_capitals() {
    check(&[
        "SIN ‹ca_sin!:046 454 286›",
        "EIN ‹us_ein:12-3456789›, we are a bakery",
        "SIN: ‹ca_sin!:046454286›",
    ]);
    check_clean(&["sin 046454286", "ein 12-3456789", "SINGLE 046454286", "BASIN 046454286"]);
}
