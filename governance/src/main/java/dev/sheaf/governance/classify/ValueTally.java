package dev.sheaf.governance.classify;

import java.util.EnumMap;
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

    static Map<PersonalDataType, ValueTally> of(List<String> sample) {
        Map<PersonalDataType, ValueTally> tallies = new EnumMap<>(PersonalDataType.class);
        for (String value : sample) {
            Map<PersonalDataType, Double> chances = chances(value);
            chances.forEach((type, chance) ->
                    tallies.merge(type, new ValueTally(1, chance), ValueTally::plus));
        }
        return tallies;
    }

    private ValueTally plus(ValueTally other) {
        return new ValueTally(count + other.count, chances + other.chances);
    }

    /// The types a value looks like, each with the smallest chance of passing.
    private static Map<PersonalDataType, Double> chances(String value) {
        Map<PersonalDataType, Double> chances = new EnumMap<>(PersonalDataType.class);
        for (ValueForm form : ValueForms.ALL) {
            if (form.matches(value)) {
                chances.merge(form.type(), form.chance(), Math::min);
            }
        }
        if (chances.isEmpty() || !chances.containsKey(PersonalDataType.CREDIT_CARD)) {
            double phone = PhoneFinder.score(value, new Context("", ""));
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
        if (isBirthDate(value)) {
            chances.put(PersonalDataType.DATE_OF_BIRTH, DATE_CHANCE);
        }
        if (value.length() <= 3
                && value.chars().allMatch(Character::isDigit)
                && Integer.parseInt(value) <= 120) {
            chances.put(PersonalDataType.AGE, DATE_CHANCE);
        }
        return chances;
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
