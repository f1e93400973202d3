package dev.sheaf.governance.classify;

/// What kind of personal data it is.
public enum PersonalDataType {
    EMAIL_ADDRESS("e-mail addresses", "email"),
    PHONE_NUMBER("telephone numbers", "phone"),
    PERSON_NAME("names of persons", "name"),
    STREET_ADDRESS("postal addresses", "address"),
    DATE_OF_BIRTH("dates of birth", "date_of_birth"),
    AGE("ages", "personal"),
    URL("web addresses", ""),
    IP_ADDRESS("IP addresses", "ip"),
    CREDIT_CARD("payment card numbers", "card"),
    IBAN("international bank account numbers", "iban"),
    BANK_ACCOUNT("bank account numbers", "personal"),
    PASSPORT("passport numbers", "national_id"),
    DRIVER_LICENCE("driver licence numbers", "national_id"),
    US_SSN("US social security numbers", "national_id"),
    UK_NINO("UK national insurance numbers", "national_id"),
    UK_NHS("UK NHS numbers", "national_id"),
    ES_NIF("Spanish tax numbers", "national_id"),
    ES_NIE("Spanish foreigners' numbers", "national_id"),
    IT_CODICE_FISCALE("Italian tax codes", "national_id"),
    PL_PESEL("Polish PESEL numbers", "national_id"),
    FI_HETU("Finnish identity codes", "national_id"),
    DE_STEUER_ID("German tax numbers", "national_id"),
    FR_NIR("French social security numbers", "national_id"),
    NL_BSN("Dutch citizen service numbers", "national_id"),
    SE_PERSONNUMMER("Swedish personal numbers", "national_id"),
    DK_CPR("Danish CPR numbers", "national_id"),
    NO_FODSELSNUMMER("Norwegian birth numbers", "national_id"),
    BE_RIJKSREGISTER("Belgian national numbers", "national_id"),
    CH_AHV("Swiss social security numbers", "national_id"),
    AU_TFN("Australian tax file numbers", "national_id"),
    AU_ABN("Australian business numbers", "national_id"),
    IN_PAN("Indian permanent account numbers", "national_id"),
    IN_AADHAAR("Indian Aadhaar numbers", "national_id"),
    SG_NRIC("Singaporean identity numbers", "national_id"),
    BR_CPF("Brazilian CPF numbers", "national_id"),
    CA_SIN("Canadian social insurance numbers", "national_id"),
    ZA_ID("South African identity numbers", "national_id"),
    KR_RRN("South Korean resident numbers", "national_id");

    private final String label;
    private final String classification;

    PersonalDataType(String label, String classification) {
        this.label = label;
        this.classification = classification;
    }

    /// For people, in the plural.
    public String label() {
        return label;
    }

    /// How a column that holds it is classified, in the words of the standard pack; empty when it
    /// is not personal by itself, as web addresses are not.
    public String classification() {
        return classification;
    }
}
