package dev.sheaf.product.draft;

import dev.sheaf.contract.draft.SampleProfile.Shape;

import java.util.EnumMap;
import java.util.Map;

/// Shapes that a regular expression (RE2) can tell.
final class ShapeSql {
    static final Map<Shape, String> PATTERNS = patterns();

    private ShapeSql() {}

    private static Map<Shape, String> patterns() {
        Map<Shape, String> patterns = new EnumMap<>(Shape.class);
        patterns.put(Shape.EMAIL, "[^@\\s\"]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
        patterns.put(
                Shape.PHONE,
                "\\+[0-9][0-9 ()./-]{6,18}[0-9]|\\(0?[0-9]{1,5}\\) ?[0-9][0-9 ./-]{4,14}"
                        + "|[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}|0[0-9]{1,4}[ /-][0-9][0-9 -]{4,12}"
                        + "|[0-9] \\([0-9]{2}\\) [0-9]{3} [0-9]{3}-[0-9]{4}");
        patterns.put(
                Shape.IPV4,
                "((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
        patterns.put(
                Shape.IPV6,
                "([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
                        + "|([0-9A-Fa-f]{1,4}:){1,6}(:[0-9A-Fa-f]{1,4}){1,6}|::1");
        patterns.put(
                Shape.UUID,
                "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
        patterns.put(Shape.URL, "https?://[^\\s]+");
        patterns.put(Shape.DATE_ISO, "[0-9]{4}-[01][0-9]-[0-3][0-9]");
        patterns.put(Shape.DATE_POINTS, "[0-3]?[0-9]\\.[01]?[0-9]\\.[0-9]{4}");
        patterns.put(Shape.DATE_SLASHES, "[0-3]?[0-9]/[0-3]?[0-9]/[0-9]{2,4}");
        patterns.put(Shape.DIGITS, "[0-9]+");
        return patterns;
    }
}
