package dev.sheaf.context.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

final class ChangeFeedTest {
    private final ChangeFeed feed = new ChangeFeed(0);

    private static ChangeFeed.Entry entry(long position) {
        return new ChangeFeed.Entry(position, new DocumentKey("t", "d"), "e" + position, 0, 0);
    }

    private List<Long> after(long position) throws InterruptedException {
        return Objects.requireNonNull(feed.after(position, 100, 0)).stream()
                .map(ChangeFeed.Entry::position)
                .toList();
    }

    @Test
    void aTurnThatIsDurableBeforeAnEarlierOneWaitsForIt() throws InterruptedException {
        feed.watching(() -> 0);
        feed.begin(0);
        feed.begin(1);
        feed.publish(new ChangeFeed.Turn(1, List.of(entry(2), entry(2))));
        assertEquals(List.of(), after(0));
        feed.publish(new ChangeFeed.Turn(0, List.of(entry(1), entry(3))));
        assertEquals(List.of(1L, 2L, 2L, 3L), after(0));
        assertEquals(List.of(3L), after(2));
    }

    @Test
    void turnsThatBeginAtOnceAreBothWaitedFor() throws InterruptedException {
        feed.watching(() -> 0);
        feed.begin(0);
        feed.begin(0);
        feed.publish(new ChangeFeed.Turn(0, List.of(entry(2))));
        assertEquals(List.of(), after(0));
        feed.publish(new ChangeFeed.Turn(0, List.of()));
        assertEquals(List.of(2L), after(0));
    }
}
