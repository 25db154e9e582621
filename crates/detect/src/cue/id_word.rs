//! What the words for numbers of persons, documents and devices name.

macro_rules! id_words {
    ($($(#[$doc:meta])* $word:ident,)+) => {
        /// A number, or a group of numbers that one word stands for in several countries.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum IdWord { $($(#[$doc])* $word,)+ }

        impl IdWord {
            /// How many there are.
            pub(crate) const COUNT: usize = [$(IdWord::$word,)+].len();
        }
    };
}

impl IdWord {
    /// Whether the word is used in many countries, for numbers of many forms.
    pub(crate) const fn is_general(self) -> bool {
        matches!(self, IdWord::SocialSecurity | IdWord::Identity | IdWord::Tax)
    }
}

id_words! {
    /// "Social security number", of any country.
    SocialSecurity,
    /// "Identity card number", "national id", of any country.
    Identity,
    /// "Tax number", of any country.
    Tax,
    Vat,
    Passport,
    DriversLicense,
    DrivingLicence,
    Permit,
    AlienNumber,
    CaseReceipt,
    Plate,
    MedicalRecord,
    HealthInsurance,
    Serial,
    Iccid,
    AdvertisingId,
    CookieId,
    Nino, Utr, Nhs, Pps,
    Nir, Cni, FrTax, Siren, Siret,
    Insz, Bsn, LuId,
    Steuer, DeTaxNumber, Pension, Kvnr, Personalausweis, Svnr, Ahv,
    /// ES, AR, PE.
    Dni,
    /// ES, PT.
    Nif,
    Nie, Cif, Nuss,
    CodiceFiscale, PartitaIva, CartaIdentita,
    CartaoCidadao, Niss,
    Afm, Amka, Tic, MaltaId,
    /// SE, NO, DK, FI.
    Personnummer,
    Orgnr, Cpr, Fodselsnummer, Hetu, Kennitala, Isikukood, AsmensKodas, PersonasKods,
    Pesel, Nip, Regon, Dowod, RodneCislo, HuId, HuTax, Taj, Cnp, Cui, Idnp, Egn, Oib, Jmbg,
    Snils, Inn, RuPassport, Rnokpp, Iin,
    Tckn, TeudatZehut, EmiratesId, Iqama, KuwaitId, IranId, EgyptId, ZaId, Nin, KenyaId, GhanaCard,
    Aadhaar, Pan, Voter, Gstin, Cnic, BdNid,
    /// LK, PK.
    Nic,
    /// SG, MY.
    Nric,
    MyKad, ThaiId, Nik, PhId, PhilHealth, Sss, Cccd, ChineseId, Hkid, TwId, MyNumber, Rrn, KrBusiness,
    Ein, Sin, Curp, Rfc, Nss, Cpf, Cnpj, Rg, Cnh, Titulo, Pis, Sus, Cuit,
    /// CL, UY.
    Rut,
    /// CO, EC, UY, VE, DO.
    Cedula,
    Nit, Rif, Ruc, Tfn, Medicare, Abn, Ird,
    Mbi, Npi, Dea, Nhi, Ramq,
}
