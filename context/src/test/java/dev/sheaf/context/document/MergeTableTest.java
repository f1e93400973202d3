package dev.sheaf.context.document;

import static dev.sheaf.context.document.TwoRegions.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.Op;
import dev.sheaf.context.Step;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Each row of the table in `spec/context.md`, section 3.1, in both orders of arrival: the east has
/// its own write first, the west the other.
final class MergeTableTest {
    @Test
    void assignScalarBesideAssignScalar() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':1}]",
                        "[{'op':'replace','path':'/a','value':2}]")
                .shows("{'a':2}")
                .reports(ConflictKind.OVERWRITE)
                .reportsValues("1", "2")
                .leavesOpen("OVERWRITE /a");
    }

    @Test
    void assignScalarBesideAssignOfAnEqualScalar() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':1}]",
                        "[{'op':'replace','path':'/a','value':1.0}]")
                .shows("{'a':1}")
                .reports()
                .leavesOpen();
    }

    @Test
    void assignScalarBesideAssignObject() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':1}]",
                        "[{'op':'replace','path':'/a','value':{'b':2}}]")
                .shows("{'a':{'b':2}}")
                .reports(ConflictKind.KIND)
                .leavesOpen("KIND /a");
    }

    @Test
    void assignScalarBesideAssignArray() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':1}]",
                        "[{'op':'replace','path':'/a','value':[2]}]")
                .shows("{'a':[2]}")
                .reports(ConflictKind.KIND);
    }

    @Test
    void assignObjectBesideAssignObjectIsTheUnionOfMembers() {
        new TwoRegions("{'a':{'gone':1}}")
                .meet(
                        "[{'op':'replace','path':'/a','value':{'b':1,'same':1}}]",
                        "[{'op':'replace','path':'/a','value':{'c':2,'same':2}}]")
                .shows("{'a':{'b':1,'c':2,'same':2}}")
                .reports(ConflictKind.OVERWRITE)
                .reportsValues("1", "2")
                .leavesOpen("OVERWRITE /a/same");
    }

    @Test
    void assignArrayBesideAssignArrayKeepsBothRunsWhole() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':[1,2]}]",
                        "[{'op':'replace','path':'/a','value':[3,4,5]}]")
                .showsEither("{'a':[1,2,3,4,5]}", "{'a':[3,4,5,1,2]}")
                .reports(ConflictKind.OVERWRITE)
                .reportsValues("2", "3");
    }

    @Test
    void assignArrayBesideAssignObject() {
        new TwoRegions("{'a':0}")
                .meet(
                        "[{'op':'replace','path':'/a','value':[1]}]",
                        "[{'op':'replace','path':'/a','value':{'b':2}}]")
                .shows("{'a':{'b':2}}")
                .reports(ConflictKind.KIND);
    }

    @Test
    void assignBesideRemove() {
        new TwoRegions("{'a':0,'b':0}")
                .meet("[{'op':'replace','path':'/a','value':1}]", "[{'op':'remove','path':'/a'}]")
                .shows("{'a':1,'b':0}")
                .reports(ConflictKind.REMOVE_LOST);
    }

    @Test
    void assignScalarBesideAnAssignBelow() {
        new TwoRegions("{'a':{'b':0,'c':0}}")
                .meet(
                        "[{'op':'replace','path':'/a','value':1}]",
                        "[{'op':'replace','path':'/a/b','value':2}]")
                .shows("{'a':{'b':2}}")
                .reports(ConflictKind.OVERWRITE)
                .leavesOpen("KIND /a");
    }

    @Test
    void assignObjectBesideAnAssignBelowThatItDoesNotHold() {
        new TwoRegions("{'a':{'b':0,'c':0}}")
                .meet(
                        "[{'op':'replace','path':'/a','value':{'d':1}}]",
                        "[{'op':'replace','path':'/a/b','value':2}]")
                .shows("{'a':{'b':2,'d':1}}")
                .reports(ConflictKind.OVERWRITE);
    }

    @Test
    void assignObjectBesideAnAssignBelowThatItHolds() {
        new TwoRegions("{'a':{'b':0,'c':0}}")
                .meet(
                        "[{'op':'replace','path':'/a','value':{'b':1}}]",
                        "[{'op':'replace','path':'/a/b','value':2}]")
                .shows("{'a':{'b':2}}")
                .reports(ConflictKind.OVERWRITE)
                .reportsValues("1", "2");
    }

    @Test
    void assignAtTheRootBesideAnIncrementBelow() {
        new TwoRegions("{'counter':1}")
                .meet(
                        "[{'op':'replace','path':'','value':{'x':1}}]",
                        "[{'op':'increment','path':'/counter','value':5}]")
                .shows("{'counter':5,'x':1}")
                .reports(ConflictKind.OVERWRITE);
    }

    @Test
    void assignAtTheRootBesideAnIncludeBelow() {
        new TwoRegions("{'set':['a']}")
                .meet(
                        "[{'op':'replace','path':'','value':{'x':1}}]",
                        "[{'op':'append','path':'/set','value':'b'}]")
                .shows("{'set':['b'],'x':1}")
                .reports(ConflictKind.OVERWRITE);
    }

    @Test
    void assignAtTheRootBesideAnInsertBelow() {
        new TwoRegions("{'list':['a']}")
                .meet(
                        "[{'op':'replace','path':'','value':{'x':1}}]",
                        "[{'op':'append','path':'/list','value':'b'}]")
                .shows("{'list':['b'],'x':1}")
                .reports(ConflictKind.OVERWRITE);
    }

    @Test
    void removeBesideAWriteBelow() {
        new TwoRegions("{'a':{'b':0,'c':0},'z':1}")
                .meet("[{'op':'remove','path':'/a'}]", "[{'op':'replace','path':'/a/b','value':2}]")
                .shows("{'a':{'b':2},'z':1}")
                .reports(ConflictKind.REMOVE_LOST);
    }

    @Test
    void removeBesideRemove() {
        new TwoRegions("{'a':0,'b':0}")
                .meet("[{'op':'remove','path':'/a'}]", "[{'op':'remove','path':'/a'}]")
                .shows("{'b':0}")
                .reports();
    }

    @Test
    void incrementBesideIncrement() {
        new TwoRegions("{'counter':10}")
                .meet(
                        "[{'op':'increment','path':'/counter','value':1}]",
                        "[{'op':'increment','path':'/counter','value':-0.5}]")
                .shows("{'counter':10.5}")
                .reports();
    }

    @Test
    void incrementBesideAssignOfACounter() {
        new TwoRegions("{'counter':10}")
                .meet(
                        "[{'op':'increment','path':'/counter','value':1}]",
                        "[{'op':'replace','path':'/counter','value':100}]")
                .shows("{'counter':101}")
                .reports();
    }

    @Test
    void incrementBesideRemove() {
        new TwoRegions("{'counter':10,'z':1}")
                .meet(
                        "[{'op':'increment','path':'/counter','value':1}]",
                        "[{'op':'remove','path':'/counter'}]")
                .shows("{'counter':1,'z':1}")
                .reports(ConflictKind.REMOVE_LOST);
    }

    @Test
    void assignBesideAssignOfACounter() {
        new TwoRegions("{'counter':10}")
                .meet(
                        "[{'op':'replace','path':'/counter','value':1}]",
                        "[{'op':'replace','path':'/counter','value':2}]")
                .shows("{'counter':3}")
                .reports(ConflictKind.OVERWRITE)
                .reportsValues("1", "2");
    }

    @Test
    void includeBesideIncludeOfTheSame() {
        new TwoRegions("{'set':['x']}")
                .meet(
                        "[{'op':'append','path':'/set','value':'v'}]",
                        "[{'op':'append','path':'/set','value':'v'}]")
                .shows("{'set':['v','x']}")
                .reports();
    }

    @Test
    void includeBesideExcludeOfTheSame() {
        TwoRegions regions = new TwoRegions("{'set':['v']}");
        Op.Include include =
                new Op.Include(List.of(new Step.Key("set")), List.of(Region.quoted("'v'")));
        regions.meet(
                        region -> region.write(List.of(include), 1),
                        patch("[{'op':'remove','path':'/set/0'}]"))
                .shows("{'set':['v']}")
                .reports();
    }

    @Test
    void includeBesideIncludeAndExcludeOfOthers() {
        new TwoRegions("{'set':['u']}")
                .meet(
                        "[{'op':'append','path':'/set','value':'v'}]",
                        "[{'op':'append','path':'/set','value':'w'},{'op':'remove','path':'/set/0'}]")
                .shows("{'set':['v','w']}")
                .reports();
    }

    @Test
    void excludeBesideExcludeOfTheSame() {
        new TwoRegions("{'set':['v','w']}")
                .meet("[{'op':'remove','path':'/set/0'}]", "[{'op':'remove','path':'/set/0'}]")
                .shows("{'set':['w']}")
                .reports();
    }

    @Test
    void includeAndExcludeBesideAssignOfTheSet() {
        new TwoRegions("{'set':['u','v']}")
                .meet(
                        "[{'op':'append','path':'/set','value':'w'},{'op':'remove','path':'/set/0'}]",
                        "[{'op':'replace','path':'/set','value':['u','x']}]")
                .shows("{'set':['u','w','x']}")
                .reports();
    }

    @Test
    void includeAndExcludeBesideRemoveOfTheSet() {
        new TwoRegions("{'set':['u','v'],'z':1}")
                .meet(
                        "[{'op':'append','path':'/set','value':'w'},{'op':'remove','path':'/set/0'}]",
                        "[{'op':'remove','path':'/set'}]")
                .shows("{'set':['w'],'z':1}")
                .reports();
    }

    @Test
    void insertBesideInsertInAnotherGap() {
        new TwoRegions("{'list':['a','b']}")
                .meet(
                        "[{'op':'add','path':'/list/0','value':'x'}]",
                        "[{'op':'add','path':'/list/-','value':'y'}]")
                .shows("{'list':['x','a','b','y']}")
                .reports();
    }

    @Test
    void insertBesideInsertInTheSameGap() {
        new TwoRegions("{'list':['a','b']}")
                .meet(
                        "[{'op':'add','path':'/list/1','value':'x'},{'op':'add','path':'/list/2','value':'X'}]",
                        "[{'op':'add','path':'/list/1','value':'y'},{'op':'add','path':'/list/1','value':'Y'}]")
                .showsEither(
                        "{'list':['a','x','X','Y','y','b']}", "{'list':['a','Y','y','x','X','b']}")
                .reports();
    }

    @Test
    void insertBesideDeleteOfItsNeighbours() {
        new TwoRegions("{'list':['a','b','c','d']}")
                .meet(
                        "[{'op':'add','path':'/list/2','value':'x'}]",
                        "[{'op':'remove','path':'/list/1'},{'op':'remove','path':'/list/1'}]")
                .shows("{'list':['a','x','d']}")
                .reports();
    }

    @Test
    void insertBesideAssignOfTheList() {
        new TwoRegions("{'list':['a','b']}")
                .meet(
                        "[{'op':'add','path':'/list/1','value':'x'}]",
                        "[{'op':'replace','path':'/list','value':['n']}]")
                .showsEither("{'list':['x','n']}", "{'list':['n','x']}")
                .reports(ConflictKind.REMOVE_LOST);
    }

    @Test
    void insertBesideRemoveOfTheList() {
        new TwoRegions("{'list':['a','b'],'z':1}")
                .meet(
                        "[{'op':'add','path':'/list/1','value':'x'}]",
                        "[{'op':'remove','path':'/list'}]")
                .shows("{'list':['x'],'z':1}")
                .reports(ConflictKind.REMOVE_LOST);
    }

    @Test
    void deleteBesideDeleteOfTheSame() {
        new TwoRegions("{'list':['a','b']}")
                .meet("[{'op':'remove','path':'/list/0'}]", "[{'op':'remove','path':'/list/0'}]")
                .shows("{'list':['b']}")
                .reports();
    }

    @Test
    void deleteBesideAWriteInside() {
        new TwoRegions("{'list':[{'k':1},'b']}")
                .meet(
                        "[{'op':'remove','path':'/list/0'}]",
                        "[{'op':'replace','path':'/list/0/k','value':2}]")
                .shows("{'list':['b']}")
                .reports(ConflictKind.DELETED_ELEMENT);
    }

    @Test
    void deleteBesideMoveOfTheSame() {
        new TwoRegions("{'list':['a','b','c']}")
                .meet(
                        "[{'op':'remove','path':'/list/0'}]",
                        "[{'op':'move','from':'/list/0','path':'/list/2'}]")
                .shows("{'list':['b','c']}")
                .reports();
    }

    @Test
    void moveBesideMoveOfTheSame() {
        new TwoRegions("{'list':['a','b','c','d']}")
                .meet(
                        "[{'op':'move','from':'/list/0','path':'/list/1'}]",
                        "[{'op':'move','from':'/list/0','path':'/list/3'}]")
                .shows("{'list':['b','c','d','a']}")
                .reports(ConflictKind.MOVE);
    }

    @Test
    void moveBesideAWriteInside() {
        new TwoRegions("{'list':[{'k':1},'b']}")
                .meet(
                        "[{'op':'move','from':'/list/0','path':'/list/1'}]",
                        "[{'op':'replace','path':'/list/0/k','value':2}]")
                .shows("{'list':['b',{'k':2}]}")
                .reports();
    }

    @Test
    void moveBesideAnInsertBesideIt() {
        new TwoRegions("{'list':['a','b','c']}")
                .meet(
                        "[{'op':'move','from':'/list/0','path':'/list/2'}]",
                        "[{'op':'add','path':'/list/1','value':'x'}]")
                .shows("{'list':['x','b','c','a']}")
                .reports();
    }

    @Test
    void moveBesideMoveOfAnother() {
        new TwoRegions("{'list':['a','b','c','d']}")
                .meet(
                        "[{'op':'move','from':'/list/0','path':'/list/3'}]",
                        "[{'op':'move','from':'/list/1','path':'/list/0'}]")
                .shows("{'list':['b','c','d','a']}")
                .reports();
    }

    @Test
    void answersToTheSameTurnAreBranches() {
        TwoRegions regions =
                new TwoRegions("{'turns':[{'t':'q'}]}")
                        .meet(
                                "[{'op':'append','path':'/turns','value':{'t':'e1'}},{'op':'append','path':'/turns','value':{'t':'e2'}}]",
                                "[{'op':'append','path':'/turns','value':{'t':'f1'}}]");
        regions.showsEither(
                        "{'turns':[{'t':'q'},{'t':'e1'},{'t':'e2'},{'t':'f1'}]}",
                        "{'turns':[{'t':'q'},{'t':'f1'},{'t':'e1'},{'t':'e2'}]}")
                .reports(ConflictKind.BRANCH);
        int second =
                regions.east.view().get("turns").get(1).get("t").stringValue().equals("f1") ? 2 : 3;
        for (Region region : List.of(regions.east, regions.west)) {
            assertEquals(
                    List.of(new Branching(0, List.of(1, second))),
                    region.document
                            .place(TwoRegions.RULE, regions.actors)
                            .member("turns")
                            .branchings());
        }
    }

    @Test
    void turnsWithTheSameKeyAreShownOnce() {
        TwoRegions regions =
                new TwoRegions("{'turns':[{'t':'q'}]}")
                        .meet(
                                "[{'op':'append','path':'/turns','value':{'t':'a','idempotencyKey':'k'}}]",
                                "[{'op':'append','path':'/turns','value':{'t':'a','idempotencyKey':'k'}}]");
        regions.shows("{'turns':[{'t':'q'},{'t':'a','idempotencyKey':'k'}]}")
                .reports(ConflictKind.DUPLICATE_TURN);
    }

    @Test
    void assignBesideAssignOfAnImmutableField() {
        new TwoRegions("{'z':1}")
                .meet(
                        "[{'op':'add','path':'/once','value':'a'}]",
                        "[{'op':'add','path':'/once','value':'b'}]")
                .shows("{'once':'a','z':1}")
                .reports(ConflictKind.IMMUTABLE)
                .leavesOpen("IMMUTABLE /once");
    }

    @Test
    void assignBesideAssignOfAnEqualImmutableValue() {
        new TwoRegions("{'z':1}")
                .meet(
                        "[{'op':'add','path':'/once','value':'a'}]",
                        "[{'op':'add','path':'/once','value':'a'}]")
                .shows("{'once':'a','z':1}")
                .reports();
    }

    @Test
    void assignOfAnImmutableFieldBesideRemove() {
        TwoRegions regions = new TwoRegions("{'z':1}");
        Op.Remove remove = new Op.Remove(List.of(new Step.Key("once")));
        regions.meet(
                        patch("[{'op':'add','path':'/once','value':'a'}]"),
                        region -> region.write(List.of(remove), 1))
                .shows("{'once':'a','z':1}")
                .reports();
    }

    @Test
    void eraseBesideAnything() {
        TwoRegions regions =
                new TwoRegions("{'a':1}")
                        .meet(
                                region -> region.write(List.of(new Op.Erase()), 1),
                                patch("[{'op':'add','path':'/b','value':'secret'}]"));
        regions.reports(ConflictKind.ERASED).reportsValues("-");
        assertFalse(regions.east.document.exists());
        assertFalse(regions.west.document.exists());
        assertFalse(regions.east.conflicts.toString().contains("secret"));
    }

    @Test
    void eraseBesideErase() {
        TwoRegions regions =
                new TwoRegions("{'a':1}")
                        .meet(
                                region -> region.write(List.of(new Op.Erase()), 1),
                                region -> region.write(List.of(new Op.Erase()), 1));
        regions.reports();
        assertFalse(regions.east.document.exists());
        assertEquals(2, regions.east.document.fences().length);
        regions.east.document.strip(regions.east.vector);
        assertTrue(regions.east.document.isBlank());
    }

    @Test
    void eraseSubjectBesideAWrite() {
        TwoRegions regions =
                new TwoRegions("{'a':1}")
                        .meet(
                                region -> region.write(List.of(new Op.EraseSubject("s")), 1),
                                patch("[{'op':'add','path':'/b','value':1}]"));
        regions.reports(ConflictKind.ERASED);
        assertFalse(regions.west.document.exists());
    }

    @Test
    void assignOfAnotherTypeStaysBesideTheFieldsOwnContent() {
        TwoRegions regions = new TwoRegions("{'counter':1,'set':['a'],'list':['b'],'text':'c'}");
        for (String field : List.of("counter", "set", "list", "text")) {
            Op.Assign object =
                    new Op.Assign(List.of(new Step.Key(field)), Region.quoted("{'o':1}"), 0);
            regions.meet(
                    region -> region.write(List.of(object), 1),
                    patch(
                            switch (field) {
                                case "counter" -> "[{'op':'replace','path':'/counter','value':5}]";
                                case "text" -> "[{'op':'append','path':'/text','value':'x'}]";
                                default -> "[{'op':'append','path':'/" + field + "','value':'x'}]";
                            }));
        }
        regions.shows("{'counter':5,'set':['x'],'list':['x'],'text':'x'}")
                .leavesOpen("KIND /counter", "KIND /set", "KIND /list", "KIND /text");
    }

    @Test
    void whatSawAValueReplacesItWithoutConflict() {
        TwoRegions regions =
                new TwoRegions("{'a':0}")
                        .meet(
                                "[{'op':'replace','path':'/a','value':1}]",
                                "[{'op':'replace','path':'/a','value':2}]");
        regions.west.receive(patch("[{'op':'replace','path':'/a','value':3}]").apply(regions.east));
        regions.shows("{'a':3}").reports(ConflictKind.OVERWRITE).leavesOpen();
    }

    @Test
    void aWriteAfterAnErasureMakesANewDocument() {
        TwoRegions regions =
                new TwoRegions("{'a':1}")
                        .meet(
                                region -> region.write(List.of(new Op.Erase()), 1),
                                patch("[{'op':'add','path':'/b','value':1}]"));
        regions.east.receive(patch("[{'op':'add','path':'/c','value':1}]").apply(regions.west));
        regions.shows("{'c':1}");
    }

    @Test
    void aSecondAssignToAnImmutableFieldIsNeverShown() {
        TwoRegions regions = new TwoRegions("{'once':'a'}");
        Op.Assign second = new Op.Assign(List.of(new Step.Key("once")), Region.quoted("'b'"), 0);
        regions.east.receive(regions.west.write(List.of(second), 1));
        regions.shows("{'once':'a'}").leavesOpen("IMMUTABLE /once");
    }
}
