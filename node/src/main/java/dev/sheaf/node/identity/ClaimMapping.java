package dev.sheaf.node.identity;

import com.nimbusds.jwt.JWTClaimsSet;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where an issuer's tokens say what Sheaf wants to know. A claim may lie inside another:
/// `realm_access.roles`.
///
/// @param scopes the claim with scopes: a text separated by spaces, or a list
/// @param scopesByName what further names in that claim, or in the roles, stand for
public record ClaimMapping(
        String subject,
        String scopes,
        String roles,
        String domains,
        Map<String, List<Scope>> scopesByName) {
    public static final ClaimMapping OWN =
            new ClaimMapping("sub", "scope", "roles", "domains", Map.of());

    public ClaimMapping {
        scopesByName = Map.copyOf(scopesByName);
    }

    Principal principal(JWTClaimsSet claims) {
        Set<String> roleNames = texts(find(claims, roles));
        Set<Scope> granted = EnumSet.noneOf(Scope.class);
        for (String name : texts(find(claims, scopes))) {
            Scope.named(name).ifPresent(granted::add);
            granted.addAll(scopesByName.getOrDefault(name, List.of()));
        }
        roleNames.forEach(role -> granted.addAll(scopesByName.getOrDefault(role, List.of())));
        Object name = find(claims, subject);
        return new Principal(
                name instanceof String text && !text.isBlank() ? text : claims.getSubject(),
                claims.getIssuer(),
                granted,
                roleNames,
                texts(find(claims, domains)));
    }

    private static Object find(JWTClaimsSet claims, String path) {
        Object whole = claims.getClaim(path);
        if (whole != null) {
            return whole;
        }
        Object found = claims.getClaims();
        for (String step : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : "";
        }
        return found;
    }

    private static Set<String> texts(Object claim) {
        Set<String> texts = new LinkedHashSet<>();
        switch (claim) {
            case String text ->
                    Arrays.stream(text.split(" ", -1))
                            .filter(part -> !part.isBlank())
                            .forEach(texts::add);
            case List<?> list ->
                    list.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .forEach(texts::add);
            default -> {}
        }
        return texts;
    }
}
