package dev.sheaf.governance.classify;

import com.google.re2j.Pattern;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many values of a sample look like one type, and how many would by chance.
///
/// @param count of the values
/// @param chances the sum of the chances with which each of them passed
record ValueTally(int count, double chances) {
    static final ValueTally NONE = new ValueTally(0, 0);
    private static final double NAME_CHANCE = 0.03;
    private static final double ADDRESS_CHANCE = 0.02;
    private static final double DATE_CHANCE = 0.9;
    private static final double CHANCE_MAX = 0.56;
    private static final int YEAR_MIN = 1900;
    private static final int PHONE_DIGITS_MIN = 7;
    private static final int DATE_DIGITS_MIN = 4;

    /// The least that a number of any kind has.
    private static final int NUMBER_DIGITS_MIN = 4;

    /// An amount; telephone numbers with one dot are not told from it.
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d+[.,]\\d+");

    static Map<PersonalDataType, ValueTally> of(List<String> sample) {
        Map<PersonalDataType, ValueTally> tallies = new EnumMap<>(PersonalDataType.class);
        Map<String, Integer> counts = new LinkedHashMap<>();
        sample.forEach(value -> counts.merge(value, 1, Integer::sum));
        counts.forEach((value, count) ->
                chances(value)
                        .forEach((type, chance) ->
                                tallies.merge(
                                        type,
                                        new ValueTally(count, count * chance),
                                        ValueTally::plus)));
        return tallies;
    }

    private ValueTally plus(ValueTally other) {
        return new ValueTally(count + other.count, chances + other.chances);
    }

    /// The types a value looks like, each with the smallest chance of passing.
    private static Map<PersonalDataType, Double> chances(String value) {
        Map<PersonalDataType, Double> chances = new EnumMap<>(PersonalDataType.class);
        int digits = (int) value.chars().filter(Character::isDigit).count();
        for (ValueForm form : ValueForms.ALL) {
            if (isPossible(form.type(), value, digits) && form.matches(value)) {
                chances.merge(form.type(), form.chance(), Math::min);
            }
        }
        if (chances.isEmpty() || !chances.containsKey(PersonalDataType.CREDIT_CARD)) {
            double phone =
                    digits < PHONE_DIGITS_MIN || DECIMAL.matches(value)
                            ? 0
                            : PhoneFinder.score(value, new Context("", ""));
            if (phone > 0 && PhoneFinder.isWhole(value)) {
                chances.put(PersonalDataType.PHONE_NUMBER, 1 - phone);
            }
        }
        if (PersonFinder.isName(value)) {
            chances.put(PersonalDataType.PERSON_NAME, NAME_CHANCE);
        }
        if (AddressFinder.isAddress(value)) {
            chances.put(PersonalDataType.STREET_ADDRESS, ADDRESS_CHANCE);
        }
        if (digits >= DATE_DIGITS_MIN && isBirthDate(value)) {
            chances.put(PersonalDataType.DATE_OF_BIRTH, DATE_CHANCE);
        }
        if (value.length() <= 3
                && value.chars().allMatch(Character::isDigit)
                && Integer.parseInt(value) <= 120) {
            chances.put(PersonalDataType.AGE, DATE_CHANCE);
        }
        return chances;
    }

    /// What the form demands anyway, told without it.
    private static boolean isPossible(PersonalDataType type, String value, int digits) {
        return switch (type) {
            case EMAIL_ADDRESS -> value.indexOf('@') > 0;
            case URL -> value.indexOf('.') > 0 || value.indexOf('/') > 0;
            case IP_ADDRESS -> value.indexOf('.') > 0 || value.indexOf(':') >= 0;
            case PASSPORT -> value.indexOf('<') > 0;
            case IT_CODICE_FISCALE -> true;
            default -> digits >= NUMBER_DIGITS_MIN;
        };
    }

    private static boolean isBirthDate(String value) {
        String date =
                value.length() > 10 && value.charAt(4) == '-' ? value.substring(0, 10) : value;
        if (!BirthFinder.DATE.matches(date)) {
            return false;
        }
        for (Word word : Word.all(date)) {
            if (word.isNumber() && word.text().length() == 4) {
                return Integer.parseInt(word.text()) >= YEAR_MIN;
            }
        }
        return true;
    }

    double share(int total) {
        return total == 0 ? 0 : (double) count / total;
    }

    /// The share, less what chance explains: one minus the Chernoff bound on seeing so many if each
    /// value passed by chance, times how rare that is. A form that most values have says nothing.
    double confidence(int total) {
        double share = share(total);
        double chance = count == 0 ? 1 : chances / count;
        if (share <= chance || chance >= CHANCE_MAX) {
            return 0;
        }
        double divergence = share * Math.log(share / chance);
        if (share < 1) {
            divergence += (1 - share) * Math.log((1 - share) / (1 - chance));
        }
        return share * (1 - Math.exp(-total * divergence)) * (1 - chance);
    }
}
