package dev.sheaf.governance.classify;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Payment cards, bank accounts, official numbers: by check digits, and by the words beside them
/// where check digits do not say enough.
final class NumberFinder implements SpanFinder {
    private static final Pattern CARD = Pattern.compile("\\d{4}(?:[ -]?\\d{2,6}){2,4}");
    private static final Pattern IBAN =
            Pattern.compile("(?i)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?");
    private static final Pattern NUMBER = Pattern.compile("(?i)[A-Z]{0,3}\\d[A-Z0-9-]{4,18}");

    /// Names that say which number it is; the ones without check digits need one.
    private static final Map<PersonalDataType, Set<String>> WORDS =
            Map.ofEntries(
                    Map.entry(PersonalDataType.US_SSN, Set.of("ssn", "social security")),
                    Map.entry(PersonalDataType.UK_NINO, Set.of("national insurance", "nino")),
                    Map.entry(PersonalDataType.UK_NHS, Set.of("nhs")),
                    Map.entry(PersonalDataType.PL_PESEL, Set.of("pesel")),
                    Map.entry(PersonalDataType.DE_STEUER_ID, Set.of("steuer", "tax id", "tin")),
                    Map.entry(PersonalDataType.NL_BSN, Set.of("bsn", "burgerservice", "sofi")),
                    Map.entry(PersonalDataType.SE_PERSONNUMMER, Set.of("personnummer")),
                    Map.entry(PersonalDataType.DK_CPR, Set.of("cpr")),
                    Map.entry(
                            PersonalDataType.NO_FODSELSNUMMER,
                            Set.of("fødselsnummer", "fodselsnummer")),
                    Map.entry(
                            PersonalDataType.BE_RIJKSREGISTER,
                            Set.of("rijksregister", "registre national")),
                    Map.entry(PersonalDataType.AU_TFN, Set.of("tfn", "tax file")),
                    Map.entry(PersonalDataType.AU_ABN, Set.of("abn", "business number")),
                    Map.entry(PersonalDataType.IN_PAN, Set.of("pan", "permanent account")),
                    Map.entry(PersonalDataType.IN_AADHAAR, Set.of("aadhaar", "aadhar", "uidai")),
                    Map.entry(PersonalDataType.BR_CPF, Set.of("cpf")),
                    Map.entry(PersonalDataType.CA_SIN, Set.of("sin", "social insurance")),
                    Map.entry(PersonalDataType.ZA_ID, Set.of("id number", "identity number")),
                    Map.entry(PersonalDataType.KR_RRN, Set.of("rrn", "resident registration")),
                    Map.entry(
                            PersonalDataType.BANK_ACCOUNT,
                            Set.of(
                                    "account n",
                                    "account #",
                                    "acct",
                                    "bank account",
                                    "konto",
                                    "routing")),
                    Map.entry(
                            PersonalDataType.PASSPORT,
                            Set.of("passport", "reisepass", "passeport")),
                    Map.entry(
                            PersonalDataType.DRIVER_LICENCE,
                            Set.of(
                                    "driver's licen",
                                    "drivers licen",
                                    "driver licen",
                                    "driver’s licen",
                                    "driving licen",
                                    "führerschein",
                                    "permis de conduire")));

    private static final Set<String> CARD_WORDS =
            Set.of("card", "cc ", "visa", "mastercard", "amex", "maestro", "jcb", "diners");
    private static final double CHANCE_ALONE_MAX = 0.005;

    /// The least that any of them has.
    private static final int DIGITS_MIN = 3;

    @Override
    public void find(String text, Consumer<PersonalDataSpan> found) {
        if (text.chars().filter(Character::isDigit).limit(DIGITS_MIN).count() < DIGITS_MIN) {
            return;
        }
        Matcher card = CARD.matcher(text);
        while (card.find()) {
            String digits = ValueForm.plain(card.group());
            boolean isValid =
                    isWholeNumber(text, card.start(), card.end())
                            && digits.length() >= 12
                            && digits.length() <= 19
                            && CheckDigits.luhn(digits);
            if (!isValid) {
                continue;
            }
            // Issuers get new ranges; beside the word, the check digit is enough.
            boolean isNamed = Context.of(text, card.start(), card.end()).mentions(CARD_WORDS);
            if (isNamed || FinancialNumbers.isCard(digits)) {
                found.accept(
                        new PersonalDataSpan(
                                PersonalDataType.CREDIT_CARD, card.start(), card.end(), 0.95));
            }
        }
        Matcher iban = IBAN.matcher(text);
        for (int at = 0; at < text.length() && iban.find(at); at = iban.start() + 1) {
            int end = ibanEnd(text, iban.start(), iban.end());
            if (end > 0) {
                found.accept(new PersonalDataSpan(PersonalDataType.IBAN, iban.start(), end, 0.99));
            }
        }
        for (ValueForm form : ValueForms.NATIONAL) {
            Matcher matcher = form.form().matcher(text);
            for (int at = 0; at < text.length() && matcher.find(at); at = matcher.start() + 1) {
                official(text, form, matcher.start(), matcher.end(), found);
            }
        }
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            named(text, number.start(), number.end(), found);
        }
    }

    private static boolean isWholeNumber(String text, int start, int end) {
        return SpanFinder.isFree(text, start, end)
                && (start < 2
                        || text.charAt(start - 1) != '-'
                        || !Character.isDigit(text.charAt(start - 2)));
    }

    /// The IBAN's end, as its country's length says; 0 when it is none.
    private static int ibanEnd(String text, int start, int end) {
        if (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
            return 0;
        }
        StringBuilder plain = new StringBuilder();
        int wanted =
                FinancialNumbers.ibanLength(
                        text.substring(start, start + 2).toUpperCase(Locale.ROOT));
        int at = start;
        while (at < end && plain.length() < wanted) {
            if (text.charAt(at) != ' ') {
                plain.append(Character.toUpperCase(text.charAt(at)));
            }
            at++;
        }
        boolean isIban =
                plain.length() == wanted
                        && wanted > 0
                        && (at == text.length() || !Character.isLetterOrDigit(text.charAt(at)))
                        && FinancialNumbers.isIban(plain.toString());
        return isIban ? at : 0;
    }

    private static void official(
            String text, ValueForm form, int start, int end, Consumer<PersonalDataSpan> found) {
        String value = text.substring(start, end);
        if (!isWholeNumber(text, start, end) || !form.matches(value)) {
            return;
        }
        boolean isNamed =
                Context.of(text, start, end).mentions(WORDS.getOrDefault(form.type(), Set.of()));
        boolean isSsn = form.type() == PersonalDataType.US_SSN && value.indexOf('-') > 0;
        boolean hasLetter = value.chars().anyMatch(Character::isLetter);
        if (isNamed) {
            found.accept(new PersonalDataSpan(form.type(), start, end, 0.95));
        } else if (form.chance() <= CHANCE_ALONE_MAX || isSsn) {
            found.accept(new PersonalDataSpan(form.type(), start, end, 0.8));
        } else if (form.chance() <= 0.05 && hasLetter) {
            found.accept(new PersonalDataSpan(form.type(), start, end, 0.7));
        }
    }

    /// Numbers that only a word beside them makes personal.
    private static void named(String text, int start, int end, Consumer<PersonalDataSpan> found) {
        if (!SpanFinder.isFree(text, start, end)) {
            return;
        }
        Context context = new Context(Context.of(text, start, end).before(), "");
        for (PersonalDataType type :
                new PersonalDataType[] {
                    PersonalDataType.DRIVER_LICENCE,
                    PersonalDataType.PASSPORT,
                    PersonalDataType.BANK_ACCOUNT
                }) {
            if (context.mentions(WORDS.getOrDefault(type, Set.of()))) {
                found.accept(new PersonalDataSpan(type, start, end, 0.85));
            }
        }
    }
}
