package dev.sheaf.governance.classify;

/// What kind of personal data it is.
public enum PersonalDataType {
    EMAIL_ADDRESS("e-mail addresses"),
    PHONE_NUMBER("telephone numbers"),
    PERSON_NAME("names of persons"),
    STREET_ADDRESS("postal addresses"),
    DATE_OF_BIRTH("dates of birth"),
    AGE("ages"),
    URL("web addresses"),
    IP_ADDRESS("IP addresses"),
    CREDIT_CARD("payment card numbers"),
    IBAN("international bank account numbers"),
    BANK_ACCOUNT("bank account numbers"),
    PASSPORT("passport numbers"),
    DRIVER_LICENCE("driver licence numbers"),
    US_SSN("US social security numbers"),
    UK_NINO("UK national insurance numbers"),
    UK_NHS("UK NHS numbers"),
    ES_NIF("Spanish tax numbers"),
    ES_NIE("Spanish foreigners' numbers"),
    IT_CODICE_FISCALE("Italian tax codes"),
    PL_PESEL("Polish PESEL numbers"),
    FI_HETU("Finnish identity codes"),
    DE_STEUER_ID("German tax numbers"),
    FR_NIR("French social security numbers"),
    NL_BSN("Dutch citizen service numbers"),
    SE_PERSONNUMMER("Swedish personal numbers"),
    DK_CPR("Danish CPR numbers"),
    NO_FODSELSNUMMER("Norwegian birth numbers"),
    BE_RIJKSREGISTER("Belgian national numbers"),
    CH_AHV("Swiss social security numbers"),
    AU_TFN("Australian tax file numbers"),
    AU_ABN("Australian business numbers"),
    IN_PAN("Indian permanent account numbers"),
    IN_AADHAAR("Indian Aadhaar numbers"),
    SG_NRIC("Singaporean identity numbers"),
    BR_CPF("Brazilian CPF numbers"),
    CA_SIN("Canadian social insurance numbers"),
    ZA_ID("South African identity numbers"),
    KR_RRN("South Korean resident numbers");

    private final String label;

    PersonalDataType(String label) {
        this.label = label;
    }

    /// For people, in the plural.
    public String label() {
        return label;
    }
}
