package dev.sheaf.context.trace;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.sequence.Origins;
import dev.sheaf.context.sequence.TextSequence;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.function.Consumer;

/// Makes the changes of one agent: positions become dots, on a replica that stands where the agent
/// stood. Agents rank by their number.
final class Author {
    private static final RegionName REGION = RegionName.parse("aws/trace");

    private final int actor;
    private long sequenceNumber;

    Author(ActorTable actors, int agent) {
        this.actor = actors.indexOf(new ActorId(REGION, agent + 1));
    }

    /// @param index the transaction's, for messages
    void edit(int index, List<Trace.Patch> patches, TextSequence text, Consumer<Edit> edits) {
        for (int number = 0; number < patches.size(); number++) {
            Trace.Patch patch = patches.get(number);
            int position = patch.position();
            if (position > text.size() || patch.deletedCount() > text.size() - position) {
                throw new Problem(
                        ProblemCode.UNREADABLE_INPUT,
                        "transaction "
                                + index
                                + ", patch "
                                + number
                                + " changes "
                                + patch.deletedCount()
                                + " characters at position "
                                + position
                                + " of a text of "
                                + text.size());
            }
            if (patch.deletedCount() > 0) {
                delete(position, patch.deletedCount(), text, edits);
            }
            if (!patch.inserted().isEmpty()) {
                insert(position, patch.inserted(), text, edits);
            }
        }
    }

    private void delete(int position, int count, TextSequence text, Consumer<Edit> edits) {
        sequenceNumber++;
        Edit.Delete delete =
                new Edit.Delete(Dot.of(actor, sequenceNumber), text.runsAt(position, count));
        delete.apply(text);
        edits.accept(delete);
    }

    private void insert(int position, String inserted, TextSequence text, Consumer<Edit> edits) {
        Origins origins = text.originsAt(position);
        long first = Dot.of(actor, sequenceNumber + 1);
        Edit.Insert insert = new Edit.Insert(first, origins.left(), origins.right(), inserted);
        insert.apply(text);
        sequenceNumber += inserted.codePointCount(0, inserted.length());
        edits.accept(insert);
    }
}
