package dev.sheaf.governance.classify;

import com.google.re2j.Pattern;

import java.util.Locale;
import java.util.function.Predicate;

/// A form in which values of some type are written, for whole values.
///
/// @param form of the value as it is written; matched without regard to case, in linear time
/// @param isSeparated whether spaces, hyphens, dots and slashes are dropped before the check
/// @param check of what the form cannot say
/// @param chance that a value which only looks similar passes, from 0 to 1
record ValueForm(
        PersonalDataType type,
        Pattern form,
        boolean isSeparated,
        Predicate<String> check,
        double chance) {

    static ValueForm of(
            PersonalDataType type, String form, double chance, Predicate<String> check) {
        return new ValueForm(
                type, Pattern.compile(form, Pattern.CASE_INSENSITIVE), true, check, chance);
    }

    /// The same form, with a check that sees the separators.
    ValueForm unseparated(Predicate<String> separatedCheck) {
        return new ValueForm(
                type,
                form,
                false,
                value -> separatedCheck.test(value.toUpperCase(Locale.ROOT)),
                chance);
    }

    boolean matches(String value) {
        return form.matches(value) && check.test(isSeparated ? plain(value) : value);
    }

    /// Without separators, in capitals.
    static String plain(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            }
        }
        return plain.toString().toUpperCase(Locale.ROOT);
    }
}
