//! The 67 data types, one line each.

use crate::{Class, MaskShape};

macro_rules! data_types {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $label:literal, $class:ident, $mask:ident, [$($kind:literal),+];)+) => {
        /// A type of personal data. `id()` is the stable name used in rules, tables and the API.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum DataType { $($(#[$doc])* $variant,)+ }

        impl DataType {
            /// Every data type, in the taxonomy's order.
            pub const ALL: &'static [DataType] = &[$(DataType::$variant,)+];

            /// The stable id, for instance `fin.pan`.
            pub const fn id(self) -> &'static str {
                match self { $(DataType::$variant => $id,)+ }
            }

            /// A short English name for people, lower case, for instance `card number`.
            pub const fn label(self) -> &'static str {
                match self { $(DataType::$variant => $label,)+ }
            }

            /// How sensitive the type is.
            pub const fn class(self) -> Class {
                match self { $(DataType::$variant => Class::$class,)+ }
            }

            /// What of a value people may still see when it is masked.
            pub const fn mask_shape(self) -> MaskShape {
                match self { $(DataType::$variant => MaskShape::$mask,)+ }
            }

            /// The kinds that a detector tells apart within the type; the first is the usual one.
            pub const fn kinds(self) -> &'static [&'static str] {
                match self { $(DataType::$variant => &[$($kind),+],)+ }
            }

            /// The data type with this id.
            pub fn from_id(id: &str) -> Option<DataType> {
                match id { $($id => Some(DataType::$variant),)+ _ => None }
            }
        }
    };
}

data_types! {
    /// 1. Social handle, display name. Driver: GDPR 4(1).
    ContactHandle = "contact.handle", "social handle", Public, Initials, ["handle"];
    /// 2. Full name. Driver: GDPR 4(1); HIPAA #1.
    ContactName = "contact.name", "name", Basic, Initials, ["person"];
    /// 3. Email address. Driver: GDPR 4(1); HIPAA #6.
    ContactEmail = "contact.email", "e-mail address", Basic, Email, ["email"];
    /// 4. Phone / fax number. Driver: GDPR 4(1); HIPAA #4-5; TCPA/PECR when used outbound.
    ContactPhone = "contact.phone", "phone number", Basic, LastFour, ["phone", "fax"];
    /// 5. Postal address. Driver: GDPR 4(1); HIPAA #2.
    ContactAddress = "contact.address", "postal address", Confidential, Hidden, ["address", "postcode"];
    /// 6. Another person's contact details. Driver: GDPR 5(1)(c), 14.
    ContactThirdParty = "contact.third_party", "someone else's contact details", Confidential, Hidden, ["third_party"];
    /// 7. Ticket / case reference (non-enumerable). Driver: GDPR 4(1).
    AccountCaseRef = "account.case_ref", "case reference", Basic, LastFour, ["case_ref"];
    /// 8. Customer, loyalty, meter, SIM-account number. Driver: GLBA NPI; HIPAA #10; GDPR 4(1).
    AccountCustomerNo = "account.customer_no", "customer number", Confidential, LastFour, ["customer_no"];
    /// 9. Booking/PNR or order number that opens a record. Driver: GDPR 32.
    AccountBookingRef = "account.booking_ref", "booking reference", Confidential, LastFour, ["booking_ref", "order_no"];
    /// 10. Login name. Driver: CPRA 1798.140(ae)(1)(B) with secret.
    AccountUsername = "account.username", "login name", Confidential, Initials, ["username"];
    /// 11. Confirmation that the person is a customer/patient. Driver: HIPAA, GLBA NPI; outbound public = B in health and finance packs.
    AccountRelationship = "account.relationship", "customer relationship", Confidential, Hidden, ["relationship"];
    /// 12. Purchases, usage, complaint history. Driver: GDPR 4(1), 15; GLBA NPI.
    AccountHistory = "account.history", "account history", Confidential, Hidden, ["history"];
    /// 13. Date of birth. Driver: HIPAA #3; used as a knowledge check.
    DemoDob = "demo.dob", "date of birth", Confidential, Hidden, ["dob", "date"];
    /// 14. Age band, gender. Driver: GDPR 4(1).
    DemoAgeGender = "demo.age_gender", "age or gender", Basic, Hidden, ["age", "gender"];
    /// 15. Marital and family status. Driver: GDPR 4(1).
    DemoFamily = "demo.family", "family status", Confidential, Hidden, ["family"];
    /// 16. Employer, job, education record. Driver: CCPA 1798.140(v); FERPA.
    DemoWorkEducation = "demo.work_education", "work or education", Confidential, Hidden, ["work_education"];
    /// 17. Salary, benefits, household income. Driver: GLBA NPI; GDPR 4(1).
    DemoIncome = "demo.income", "income", Confidential, Hidden, ["income"];
    /// 18. US SSN / ITIN. Driver: CPRA (ae)(1)(A); HIPAA #7; WhatsApp policy.
    GovUsSsnItin = "gov.us_ssn_itin", "US social security number", Sensitive, LastTwo, ["us_ssn", "us_itin"];
    /// 19. US driver licence / state ID. Driver: CPRA (ae)(1)(A); Civ. Code 1798.82.
    GovUsDlStateid = "gov.us_dl_stateid", "US driving licence", Sensitive, LastTwo, ["us_driver_license"];
    /// 20. Passport number (any country). Driver: CPRA (ae)(1)(A); SG guidance asks for partial only.
    GovPassport = "gov.passport", "passport number", Sensitive, LastTwo, ["passport", "mrz", "ru_passport"];
    /// 21. UK NI number / UTR. Driver: UK GDPR; WhatsApp policy.
    GovUkNinoUtr = "gov.uk_nino_utr", "UK national insurance number", Sensitive, LastTwo, ["uk_nino", "uk_utr"];
    /// 22. Canada SIN. Driver: PIPEDA sensitivity; WhatsApp policy.
    GovCaSin = "gov.ca_sin", "Canadian social insurance number", Sensitive, LastTwo, ["ca_sin"];
    /// 23. EU national IDs: FR NIR/CNI, DE ID card/tax ID, ES DNI/NIE, IT CF, PL PESEL, SE personnummer, FI, NL BSN, BE, DK CPR. Driver: GDPR 87 + national law; WhatsApp policy.
    GovEuNationalId = "gov.eu_national_id", "national id (EU)", Sensitive, LastTwo, [
        "eu_national_id", "de_id_card", "pl_pesel", "pl_identity_card", "cz_sk_birth_number",
        "hu_personal_id", "hu_tax_id", "hu_taj", "ro_cnp", "bg_egn", "hr_oib", "si_emso", "se_personnummer",
        "dk_cpr", "fi_hetu", "ee_isikukood", "lt_asmens_kodas", "lv_personas_kods", "es_nif", "es_nie",
        "es_nuss", "it_codice_fiscale", "it_identity_card", "pt_nif", "pt_cartao_cidadao", "pt_niss",
        "gr_afm", "gr_amka", "cy_tic", "mt_id", "ie_pps", "fr_nir", "fr_cni", "fr_spi",
        "be_national_number", "nl_bsn", "lu_national_id", "de_tax_id", "de_pension_number", "at_svnr"
    ];
    /// 24. Singapore NRIC / FIN / work permit. Driver: PDPC NRIC guidelines; no authentication use (deadline 31 Dec 2026).
    GovSgNricFin = "gov.sg_nric_fin", "Singapore id", Sensitive, LastTwo, ["sg_nric_fin"];
    /// 25. Korea resident registration number. Driver: PIPA 24-2: no processing without statute, consent not enough.
    GovKrRrn = "gov.kr_rrn", "Korean resident number", Prohibited, Hidden, ["kr_rrn"];
    /// 26. Japan My Number. Driver: My Number Act 19: consent not enough.
    GovJpMyNumber = "gov.jp_my_number", "Japanese My Number", Prohibited, Hidden, ["jp_my_number"];
    /// 27. India Aadhaar. Driver: Aadhaar Act; DPDP.
    GovInAadhaar = "gov.in_aadhaar", "Aadhaar number", Sensitive, LastTwo, ["in_aadhaar"];
    /// 28. India PAN, voter ID. Driver: DPDP; note PAN also means card number.
    GovInPanVoter = "gov.in_pan_voter", "Indian PAN or voter id", Sensitive, LastTwo, ["in_pan", "in_voter"];
    /// 29. China resident ID. Driver: PIPL 28-29 (specific identity).
    GovCnResidentId = "gov.cn_resident_id", "Chinese resident id", Sensitive, LastTwo, ["cn_resident_id"];
    /// 30. Brazil CPF / RG. Driver: LGPD 5, 6; common service key so voice allowed.
    GovBrCpfRg = "gov.br_cpf_rg", "Brazilian CPF or RG", Sensitive, LastTwo, ["br_cpf", "br_rg"];
    /// 31. Australia TFN, Medicare. Driver: Privacy (TFN) Rule; APP 9.
    GovAuTfnMedicare = "gov.au_tfn_medicare", "Australian TFN or Medicare number", Sensitive, LastTwo, ["au_tfn", "au_medicare"];
    /// 32. South Africa ID. Driver: POPIA; unique identifier.
    GovZaId = "gov.za_id", "South African id", Sensitive, LastTwo, ["za_id"];
    /// 33. Other national or tax ID. Driver: national law; WhatsApp policy.
    GovOtherTaxId = "gov.other_tax_id", "tax id", Sensitive, LastTwo, [
        "tax_id", "us_ein", "mx_curp", "mx_rfc", "mx_nss", "br_cnpj", "br_cnh", "br_voter", "br_pis",
        "ar_cuit", "ar_dni", "cl_rut", "uy_ci", "co_nit", "ec_cedula", "do_cedula", "ve_rif", "cedula",
        "pe_ruc", "au_abn", "au_acn", "nz_ird", "in_gstin", "pk_cnic", "bd_nid", "lk_nic", "my_nric",
        "th_id", "id_nik", "ph_sss", "ph_philhealth", "ph_id", "vn_cccd", "hk_id", "tw_id",
        "kr_business_number", "driving_licence", "vat", "pl_nip", "pl_regon", "ro_cui", "md_idnp", "jmbg",
        "ru_snils", "ru_inn", "ua_rnokpp", "kz_iin", "tr_tckn", "il_id", "ae_emirates_id", "sa_id",
        "kw_civil_id", "ir_national_code", "eg_id", "ng_nin", "ke_id", "gh_card", "se_organisation_number",
        "no_fodselsnummer", "is_kennitala", "es_cif", "it_partita_iva", "uk_driving_licence", "fr_siren",
        "fr_siret", "de_tax_number", "ch_ahv"
    ];
    /// 34. Visa, residence, citizenship status. Driver: CPRA (ae)(1)(D).
    GovImmigration = "gov.immigration", "immigration status", Sensitive, Hidden, ["immigration", "alien_number", "case_receipt"];
    /// 35. Licence plate, VIN. Driver: HIPAA #12; GDPR 4(1).
    GovVehicle = "gov.vehicle", "vehicle number", Confidential, LastTwo, ["plate", "vin"];
    /// 36. Image or scan of an ID document. Driver: WhatsApp template rule names documents; GDPR 9 if face matching.
    GovIdImage = "gov.id_image", "picture of an id document", Sensitive, Hidden, ["id_image"];
    /// 37. Payment card number (full). Driver: PCI 3.4.1, 4.2.2; WhatsApp policy.
    FinPan = "fin.pan", "card number", Sensitive, LastFour, ["card"];
    /// 38. Truncated card (last 4, or BIN + last 4). Driver: PCI 3.4.1 maximum display; WhatsApp allows partials.
    FinCardTrunc = "fin.card_trunc", "shortened card number", Basic, LastFour, ["card_last4"];
    /// 39. Expiry date, cardholder name with card. Driver: PCI cardholder data when with PAN.
    FinCardExpiry = "fin.card_expiry", "card expiry date", Confidential, Hidden, ["card_expiry", "cardholder"];
    /// 40. Card verification code. Driver: PCI 3.3.1.2.
    FinSadCvv = "fin.sad_cvv", "card security code", Prohibited, Hidden, ["cvv"];
    /// 41. PIN, PIN block, full track. Driver: PCI 3.3.1.1, 3.3.1.3.
    FinSadPinTrack = "fin.sad_pin_track", "card PIN", Prohibited, Hidden, ["pin", "track"];
    /// 42. IBAN, account + routing/sort code. Driver: CPRA (ae)(1)(B); GLBA; WhatsApp policy.
    FinBankAccount = "fin.bank_account", "bank account", Sensitive, LastFour, ["iban", "us_account", "uk_account", "bank_account", "bic"];
    /// 43. Balance, transactions, loan, debt, credit score. Driver: GLBA NPI; PIPL 28 financial accounts.
    FinBalanceCredit = "fin.balance_credit", "balance or credit", Sensitive, Hidden, ["balance_credit"];
    /// 44. Policy or claim number. Driver: GLBA; HIPAA #9 if health.
    FinInsuranceClaim = "fin.insurance_claim", "policy or claim number", Confidential, LastFour, ["insurance_claim"];
    /// 45. Crypto wallet address. Driver: GDPR 4(1).
    FinCryptoAddr = "fin.crypto_addr", "crypto address", Confidential, LastTwo, ["btc", "eth", "ltc", "doge", "bch", "xrp", "trx", "xmr", "ada", "dash", "zec", "xlm", "atom", "sol"];
    /// 46. Password, passphrase. Driver: GDPR 32; CPRA (ae)(1)(B).
    CredPassword = "cred.password", "password", Prohibited, Hidden, ["password"];
    /// 47. One-time code, recovery code. Driver: GDPR 32 (account takeover).
    CredOtp = "cred.otp", "one-time code", Prohibited, Hidden, ["otp", "recovery_code"];
    /// 48. Security question and answer, memorable word. Driver: GDPR 32; GLBA pretexting.
    CredKba = "cred.kba", "security answer", Sensitive, Hidden, ["security_answer"];
    /// 49. API key, private key, seed phrase, session link. Driver: GDPR 32.
    CredSecretKey = "cred.secret_key", "secret key", Prohibited, Hidden, ["secret_key", "private_key", "seed_phrase", "connection_string"];
    /// 50. Diagnosis, treatment, medication, results. Driver: GDPR 9; HIPAA; CPRA (ae)(2); WhatsApp health clause.
    HealthCondition = "health.condition", "health information", Sensitive, Hidden, ["condition"];
    /// 51. Medical record, NHS, Medicare, health-plan number. Driver: HIPAA #8-9; GDPR 9.
    HealthIdentifier = "health.identifier", "health number", Sensitive, LastTwo, ["nhs_number", "mrn", "us_mbi", "us_npi", "us_dea", "de_kvnr", "nz_nhi", "br_cns", "ca_ramq", "health_plan"];
    /// 52. Disability, access need, vulnerability marker. Driver: GDPR 9; equality law; keep access support easy.
    HealthVulnerability = "health.vulnerability", "vulnerability", Sensitive, Hidden, ["vulnerability"];
    /// 53. Face, finger, voice template used to identify. Driver: GDPR 9; CPRA (ae)(2); BIPA.
    BioTemplate = "bio.template", "biometric template", Sensitive, Hidden, ["template"];
    /// 54. Genetic or neural data. Driver: GDPR 9; CPRA (ae)(1)(F)-(G).
    BioGeneticNeural = "bio.genetic_neural", "genetic or neural data", Sensitive, Hidden, ["genetic_neural"];
    /// 55. Photo of an identifiable person. Driver: HIPAA #17; GDPR 4(1).
    BioPhoto = "bio.photo", "photo of a person", Confidential, Hidden, ["photo"];
    /// 56. Live or precise location. Driver: CPRA (ae)(1)(C); PIPL 28 whereabouts.
    LocPrecise = "loc.precise", "precise location", Sensitive, Hidden, ["coordinates"];
    /// 57. City, region, store. Driver: GDPR 4(1).
    LocCoarse = "loc.coarse", "place", Basic, Hidden, ["place"];
    /// 58. Travel plan, absence from home. Driver: GDPR 5(1)(f).
    LocItinerary = "loc.itinerary", "travel plan", Confidential, Hidden, ["itinerary"];
    /// 59. Race, ethnic origin. Driver: GDPR 9; CPRA (ae)(1)(D).
    SpecRace = "spec.race", "ethnic origin", Sensitive, Hidden, ["race"];
    /// 60. Religion, philosophy, politics, union. Driver: GDPR 9; CPRA (ae)(1)(D); X restricted uses.
    SpecBeliefUnion = "spec.belief_union", "belief, politics or union", Sensitive, Hidden, ["belief_union"];
    /// 61. Sex life, orientation, gender identity. Driver: GDPR 9; CPRA (ae)(2).
    SpecSexOrientation = "spec.sex_orientation", "sex life or orientation", Sensitive, Hidden, ["sex_orientation"];
    /// 62. Offence, allegation, court record. Driver: GDPR 10.
    SpecCriminal = "spec.criminal", "criminal record", Sensitive, Hidden, ["criminal"];
    /// 63. Data of a known child. Driver: GDPR 8; PIPL 28 (under 14); COPPA; DPDP s.9.
    ChildData = "child.data", "data of a child", Sensitive, Hidden, ["data"];
    /// 64. IP, cookie, advertising ID. Driver: GDPR 4(1), rec. 30; HIPAA #15.
    DevOnlineId = "dev.online_id", "online identifier", Confidential, Hidden, ["ipv4", "ipv6", "url", "domain", "cookie_id", "advertising_id"];
    /// 65. IMEI, ICCID, MAC, serial number. Driver: HIPAA #13; GDPR 4(1).
    DevHardware = "dev.hardware", "device number", Confidential, LastFour, ["imei", "iccid", "mac", "serial"];
    /// 66. Other people's messages, screenshots of chats. Driver: CPRA (ae)(1)(E); WhatsApp: no forwarding between customers.
    CommThirdPartyMsg = "comm.third_party_msg", "other people's messages", Confidential, Hidden, ["third_party_msg"];
    /// 67. Call recording, voicemail, transcript. Driver: Cal. Penal 632, 632.7; GDPR 13.
    CommRecording = "comm.recording", "recording", Confidential, Hidden, ["recording"];
}
