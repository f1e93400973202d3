package dev.sheaf.context.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldRule;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

final class RedactionTest {
    private static final RegionName AWS = RegionName.parse("aws/us-east-1");
    private static final RegionName AZURE = RegionName.parse("azure/westeurope");
    private static final RegionName GCP = RegionName.parse("gcp/europe-west1");
    private static final RegionName OUTSIDE = RegionName.parse("aws/eu-west-1");

    private static ContextType conversation(String visibility) {
        String text =
                Declarations.text(
                        Declarations.repository()
                                .resolve("examples/context/support.conversation.yaml"));
        return Declarations.accepted(text.replaceFirst("(?m)^visibility:.*$", visibility));
    }

    @Test
    void aRegionSeesTheClassesThatAreNamedForItAndThoseBelow() {
        ContextType type = conversation("visibility: {pii: [azure/westeurope, gcp/europe-west1]}");
        assertTrue(type.sees(AWS, Classification.INTERNAL));
        assertFalse(type.sees(AWS, Classification.PII));
        assertFalse(type.sees(AWS, Classification.SECRET), "what is above pii is not open to it");
        assertTrue(type.sees(AZURE, Classification.SECRET));
        assertFalse(type.sees(OUTSIDE, Classification.PUBLIC), "not in the scope");
    }

    @Test
    void withoutVisibilityAllRegionsOfTheScopeSeeAll() {
        ContextType type = conversation("");
        for (Classification each : Classification.values()) {
            assertTrue(type.sees(AWS, each));
        }
        assertTrue(Redaction.of(type, AWS).isNone());
        assertFalse(Redaction.of(type, OUTSIDE).isNone());
    }

    @Test
    void onlyARegionThatSeesAllThatAnotherSeesMayRelayToIt() {
        ContextType type =
                conversation(
                        "visibility: {pii: [azure/westeurope, gcp/europe-west1], secret:"
                                + " [azure/westeurope]}");
        assertTrue(type.mayRelay(AZURE, GCP));
        assertTrue(type.mayRelay(AZURE, AWS));
        assertTrue(type.mayRelay(GCP, AWS));
        assertFalse(type.mayRelay(GCP, AZURE));
        assertFalse(type.mayRelay(AWS, GCP));
        assertFalse(type.mayRelay(AZURE, OUTSIDE));
        assertFalse(type.mayRelay(OUTSIDE, AWS));
    }

    @Test
    void aScopeOfTheMeshIsFilledInAndMustHoldWhoSees() {
        ContextType open =
                Declarations.accepted(
                        Declarations.SMALL.replaceFirst(
                                        "(?m)^residency:.*$", "residency: {scope: europe}")
                                + "visibility: {pii: [azure/westeurope]}\n");
        ContextType filled = open.within(new TreeSet<>(List.of(AZURE, GCP)));
        assertTrue(filled.sees(GCP, Classification.INTERNAL));
        assertFalse(filled.sees(AWS, Classification.PUBLIC));
        assertFalse(filled.mayRelay(GCP, AZURE));
        assertThrows(Problem.class, () -> open.within(new TreeSet<>(List.of(GCP))));
    }

    @Test
    void redactionNamesWhatIsWithheldAndAnswersByRule() {
        ContextType type = conversation("visibility: {pii: [azure/westeurope, gcp/europe-west1]}");
        Redaction redaction = Redaction.of(type, AWS);
        assertEquals(
                List.of(
                        "/conversation/messages/*/content",
                        "/conversation/summary",
                        "/customer/email"),
                redaction.hidden().stream().map(Object::toString).toList());
        FieldRule customer = type.fieldRules().member("customer");
        assertFalse(redaction.redacts(customer));
        assertTrue(redaction.touches(customer));
        assertTrue(redaction.redacts(customer.member("email")));
        assertFalse(redaction.touches(customer.member("language")));
        assertTrue(Redaction.of(type, AZURE).isNone());
        assertFalse(Redaction.of(type, AZURE).touches(type.fieldRules()));
    }
}
