package dev.sheaf.governance.classify;

import com.google.re2j.Pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the name of a column says. Names are taken apart at capitals and signs first.
final class NameHints {
    private static final Map<PersonalDataType, Pattern> HINTS = hints();
    private static final Pattern PRODUCT =
            Pattern.compile(
                    "(?:^|_)(?:file|host|domain|product|item|table|column|event|app|brand|company|org|organisation|organization|business|city|country|department|class|type|method|metric|stream|topic|event|node|region|user|display|login)_?name$");

    private NameHints() {}

    private static Map<PersonalDataType, Pattern> hints() {
        Map<PersonalDataType, String> words = new LinkedHashMap<>();
        words.put(
                PersonalDataType.EMAIL_ADDRESS, "e_?mails?|mail_(?:addr|address)|correo|courriel");
        words.put(
                PersonalDataType.PHONE_NUMBER,
                "(?:tele|cell)?phones?(?:_(?:no|nr|number|num))?|tel(?:_?(?:no|nr|number))?|mobile(?:_(?:no|nr|number))?|msisdn|fax(?:_?(?:no|nr|number))?|telefon|telefono|handy");
        words.put(
                PersonalDataType.PERSON_NAME,
                "(?:first|last|given|family|middle|full|maiden|sur|birth|patient|customer|client|employee|contact|person|guest|member|passenger|holder|cardholder|account_holder|beneficiary|recipient|sender)_?names?|fore_?name|surname|nombre|apellidos?|vorname|nachname|prenom|nom|cognome|imie|nazwisko|etunimi|sukunimi");
        words.put(
                PersonalDataType.STREET_ADDRESS,
                "(?:street|home|postal|mailing|billing|shipping|delivery|residential)?_?addr(?:ess)?(?:_?(?:line)?_?\\d)?|street(?:_?name)?|strasse|rue|calle|direccion|adresse|indirizzo");
        words.put(
                PersonalDataType.DATE_OF_BIRTH,
                "dob|d_o_b|birth_?(?:date|day|dt)|date_?of_?birth|born(?:_(?:on|at|date))?|geburtsdatum|fecha_?(?:de_)?nacimiento|date_(?:de_)?naissance|syntymaaika");
        words.put(PersonalDataType.AGE, "age|age_years|alter_jahre");
        words.put(PersonalDataType.URL, "(?:home_?page|web_?site|profile)(?:_?url)?|url");
        words.put(
                PersonalDataType.IP_ADDRESS,
                "ip(?:_?(?:v4|v6))?(?:_?addr(?:ess)?)?|(?:client|remote|source|src|peer|user)_ip");
        words.put(
                PersonalDataType.CREDIT_CARD,
                "(?:credit|debit|payment|bank)?_?card_?(?:no|nr|num|number|pan)|pan_number|cc_?(?:no|nr|num|number)|credit_?card");
        words.put(PersonalDataType.IBAN, "iban");
        words.put(
                PersonalDataType.BANK_ACCOUNT,
                "(?:bank_?)?(?:account|acct)_?(?:no|nr|num|number)|routing_?(?:no|number)|sort_?code|bsb|konto(?:nummer|_?nr)?|bban|clabe");
        words.put(
                PersonalDataType.PASSPORT,
                "passport(?:_?(?:no|nr|num|number))?|reisepass(?:nummer)?|passeport|pasaporte");
        words.put(
                PersonalDataType.DRIVER_LICENCE,
                "driv(?:er|ers|ing)_?licen[cs]e(?:_?(?:no|nr|num|number))?|dl_?(?:no|num|number)|licen[cs]e_?(?:no|num|number)|fuehrerschein");
        words.put(PersonalDataType.US_SSN, "ssn|social_?security(?:_?(?:no|num|number))?");
        words.put(
                PersonalDataType.UK_NINO,
                "nino|national_?insurance(?:_?(?:no|num|number))?|ni_?number");
        words.put(PersonalDataType.UK_NHS, "nhs(?:_?(?:no|num|number))?");
        words.put(PersonalDataType.ES_NIF, "nif|dni");
        words.put(PersonalDataType.ES_NIE, "nie");
        words.put(PersonalDataType.IT_CODICE_FISCALE, "codice_?fiscale|cod_?fisc");
        words.put(PersonalDataType.PL_PESEL, "pesel");
        words.put(PersonalDataType.FI_HETU, "hetu|henkilotunnus");
        words.put(PersonalDataType.DE_STEUER_ID, "steuer_?(?:id|identifikationsnummer|idnr)|idnr");
        words.put(PersonalDataType.FR_NIR, "nir|numero_?securite_?sociale|insee");
        words.put(PersonalDataType.NL_BSN, "bsn|burgerservicenummer");
        words.put(PersonalDataType.SE_PERSONNUMMER, "personnummer|person_?nr");
        words.put(PersonalDataType.DK_CPR, "cpr(?:_?(?:no|nr|nummer))?");
        words.put(PersonalDataType.NO_FODSELSNUMMER, "fodselsnummer|fnr");
        words.put(PersonalDataType.BE_RIJKSREGISTER, "rijksregister(?:nummer)?|niss|insz");
        words.put(PersonalDataType.CH_AHV, "ahv(?:_?(?:nr|nummer))?|avs");
        words.put(PersonalDataType.AU_TFN, "tfn|tax_?file_?(?:no|num|number)");
        words.put(PersonalDataType.AU_ABN, "abn");
        words.put(PersonalDataType.IN_PAN, "pan(?:_?(?:no|num|number|card))?");
        words.put(PersonalDataType.IN_AADHAAR, "aadhaa?r(?:_?(?:no|num|number))?|uidai");
        words.put(PersonalDataType.SG_NRIC, "nric(?:_?(?:no|num|number))?|fin_?(?:no|number)");
        words.put(PersonalDataType.BR_CPF, "cpf");
        words.put(
                PersonalDataType.CA_SIN,
                "sin(?:_?(?:no|num|number))?|social_?insurance(?:_?(?:no|num|number))?");
        words.put(PersonalDataType.ZA_ID, "za_?id|sa_?id(?:_?(?:no|num|number))?");
        words.put(PersonalDataType.KR_RRN, "rrn|resident_?registration(?:_?(?:no|num|number))?");
        Map<PersonalDataType, Pattern> hints = new LinkedHashMap<>();
        words.forEach((type, text) ->
                hints.put(type, Pattern.compile("(?:^|.*_)(?:" + text + ")(?:_.*)?")));
        return hints;
    }

    /// In the order of the types.
    static List<PersonalDataType> of(String columnName) {
        String name = normal(columnName);
        List<PersonalDataType> hinted = new ArrayList<>();
        HINTS.forEach((type, pattern) -> {
            boolean isOther = type == PersonalDataType.PERSON_NAME && PRODUCT.matcher(name).find();
            if (pattern.matches(name) && !isOther) {
                hinted.add(type);
            }
        });
        boolean isAddressOfAnotherKind =
                hinted.contains(PersonalDataType.EMAIL_ADDRESS)
                        || hinted.contains(PersonalDataType.IP_ADDRESS)
                        || name.contains("mac_addr");
        if (isAddressOfAnotherKind) {
            hinted.remove(PersonalDataType.STREET_ADDRESS);
        }
        return hinted;
    }

    /// `customerEMail-Address` becomes `customer_e_mail_address`.
    static String normal(String columnName) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < columnName.length(); i++) {
            char c = columnName.charAt(i);
            boolean isBreak =
                    Character.isUpperCase(c)
                            && i > 0
                            && (Character.isLowerCase(columnName.charAt(i - 1))
                                    || (i + 1 < columnName.length()
                                            && Character.isLowerCase(columnName.charAt(i + 1))
                                            && Character.isUpperCase(columnName.charAt(i - 1))));
            if (!Character.isLetterOrDigit(c) || isBreak) {
                name.append('_');
            }
            if (Character.isLetterOrDigit(c)) {
                name.append(c);
            }
        }
        String plain =
                java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .replace("ß", "ss")
                        .replace("ø", "o");
        return plain.replaceAll("_+", "_").replaceAll("^_|_$", "");
    }
}
