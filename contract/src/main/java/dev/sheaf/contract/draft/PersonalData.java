package dev.sheaf.contract.draft;

import dev.sheaf.contract.draft.SampleProfile.Column;
import dev.sheaf.contract.draft.SampleProfile.Shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which columns may hold personal data, by what their values look like and by their names. A
/// candidate is for a person to confirm; no candidate is no clearance.
final class PersonalData {
    /// A part this large of look-alikes is worth a question.
    private static final double SHARE_MIN = 0.3;

    private static final Map<Pattern, String> NAMES = names();
    private static final Map<Shape, String> SHAPES = shapes();

    private PersonalData() {}

    private static Map<Pattern, String> names() {
        Map<Pattern, String> names = new LinkedHashMap<>();
        names.put(Pattern.compile("e_?mail"), "e-mail address");
        names.put(Pattern.compile("(^|_)(tele)?(phone|fax|mobile|msisdn)"), "telephone number");
        names.put(
                Pattern.compile(
                        "(first|last|given|family|middle|full|maiden|sur)_?name|(^|_)nickname"),
                "person's name");
        names.put(Pattern.compile("birth|(^|_)dob($|_)"), "date of birth");
        names.put(
                Pattern.compile(
                        "(^|_)(street|address|address_?line\\d?|zip|zip_?code|postal_?code|postcode)($|_)"),
                "postal address");
        names.put(
                Pattern.compile(
                        "(^|_)(ssn|passport|national_?id|tax_?id|social_security|driver_?licen[cs]e)"),
                "official number");
        names.put(
                Pattern.compile("iban|credit_?card|card_?number|account_?number"),
                "account number");
        names.put(Pattern.compile("(^|_)ip(_?address|v[46])?($|_)"), "IP address");
        names.put(
                Pattern.compile(
                        "(^|_)(gender|sex|religion|ethnicity|nationality|marital|salary)($|_)"),
                "sensitive attribute");
        return names;
    }

    private static Map<Shape, String> shapes() {
        Map<Shape, String> shapes = new LinkedHashMap<>();
        shapes.put(Shape.EMAIL, "e-mail addresses");
        shapes.put(Shape.CARD, "payment card numbers (Luhn)");
        shapes.put(Shape.IBAN, "IBANs");
        shapes.put(Shape.PHONE, "telephone numbers");
        shapes.put(Shape.IPV4, "IPv4 addresses");
        shapes.put(Shape.IPV6, "IPv6 addresses");
        return shapes;
    }

    /// The evidence; empty when nothing speaks for it.
    static Optional<String> evidence(Column column, String name) {
        List<String> evidence = new ArrayList<>();
        SHAPES.forEach((shape, words) -> {
            double share = column.share(shape);
            if (share >= SHARE_MIN) {
                evidence.add(percent(share) + " of the values look like " + words);
            }
        });
        String lower = name.toLowerCase(Locale.ROOT);
        NAMES.forEach((pattern, words) -> {
            if (pattern.matcher(lower).find() && !lower.endsWith("_id")) {
                evidence.add("its name says " + words);
            }
        });
        return evidence.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", evidence));
    }

    static String percent(double share) {
        double percent = share * 100;
        return percent >= 99.95 || percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
