package dev.sheaf.governance.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

final class ClassificationTest {
    @Test
    void theStrictestOfSeveralCounts() {
        assertEquals(Optional.empty(), Classification.strictest(List.of()));
        assertEquals(Optional.empty(), Classification.strictest(List.of("", " ")));
        assertEquals(Optional.of("email"), Classification.strictest(List.of("public", "Email")));
        assertEquals(Optional.of("email"), Classification.strictest(List.of("email", "email")));
        assertEquals(Optional.of("health"), Classification.strictest(List.of("health", "email")));
        assertEquals(Optional.of("secret"), Classification.strictest(List.of("health", "secret")));
        assertEquals(
                Optional.of("our-own"), Classification.strictest(List.of("our-own", "secret")));
    }

    @Test
    void severalKindsOfPersonalDataAreJustPersonal() {
        assertEquals(Optional.of("pii"), Classification.strictest(List.of("email", "phone")));
    }

    @Test
    void whatIsComputedFromPersonalDataIsNotOfItsKindAnyMore() {
        assertEquals(Optional.of("pii"), Classification.ofComputed(List.of("email", "internal")));
        assertEquals(Optional.of("address"), Classification.ofComputed(List.of("address")));
        assertEquals(
                Optional.of("confidential"),
                Classification.ofComputed(List.of("confidential", "public")));
    }
}
