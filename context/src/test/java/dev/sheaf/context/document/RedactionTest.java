package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.context.Event;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What a region that may not see all shows, refuses and leaves alone.
final class RedactionTest {
    @Test
    void aHiddenFieldIsAbsentAndListed() {
        RedactedMesh mesh = new RedactedMesh();
        Event event =
                mesh.full
                        .getFirst()
                        .write(Region.quoted("{'ssn':'123','open':1,'customers':{'x':1}}"));
        mesh.blind.receive(mesh.redactor.redact(event));
        assertEquals("{\"open\":1,\"customers\":{}}", mesh.blind.text());
        assertEquals(List.of("/customers/*", "/ssn"), mesh.blind.document.redactedPaths());
    }

    @Test
    void whatCannotBeSeenCannotBeWritten() {
        RedactedMesh mesh = new RedactedMesh();
        mesh.blind.receive(
                mesh.redactor.redact(
                        mesh.full.getFirst().write(Region.quoted("{'ssn':'123','open':1}"))));
        for (String operation :
                List.of(
                        "{'op':'replace','path':'/ssn','value':1}",
                        "{'op':'remove','path':'/ssn'}",
                        "{'op':'add','path':'/ssn/x','value':1}",
                        "{'op':'copy','from':'','path':'/open'}",
                        "{'op':'replace','path':'','value':{}}")) {
            Problem refused =
                    assertThrows(
                            Problem.class,
                            () -> mesh.blind.patch("[" + operation.replace('\'', '"') + "]"),
                            operation);
            assertEquals(ProblemCode.FORBIDDEN, refused.code(), operation);
        }
    }

    @Test
    void aWholeDocumentLeavesAloneWhatCannotBeSeen() {
        RedactedMesh mesh = new RedactedMesh();
        Region whole = mesh.full.getFirst();
        mesh.blind.receive(
                mesh.redactor.redact(whole.write(Region.quoted("{'ssn':'123','open':1}"))));
        whole.receive(mesh.blind.write(Region.quoted("{'open':2}")));
        assertEquals("{\"ssn\":\"123\",\"open\":2}", whole.text());
    }

    @Test
    void elementsAfterHiddenListsKeepTheirNumbers() {
        RedactedMesh mesh = new RedactedMesh();
        Region whole = mesh.full.getFirst();
        Event first =
                whole.write(
                        Region.quoted(
                                "{'turns':[{'who':['a','b'],'list':[1]}],'ssn':[1,2,3],'open':[7,8]}"));
        mesh.blind.receive(mesh.redactor.redact(first));
        mesh.blind.receive(
                mesh.redactor.redact(
                        whole.patch(
                                "[{\"op\":\"add\",\"path\":\"/open/1\",\"value\":9},{\"op\":\"add\",\"path\":\"/turns/0/list/0\",\"value\":0}]")));
        assertEquals("{\"turns\":[{\"list\":[0,1]}],\"open\":[7,9,8]}", mesh.blind.text());
    }
}
