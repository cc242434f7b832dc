package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves the simulated clock on when there is nothing to do but wait, so that a message due in five years is sent within
 * the minute. Used by one thread.
 */
final class TimeJumps {
    /** What happens sooner than this is simply waited for. */
    private static final Duration WORTH_A_JUMP = Duration.ofSeconds(1);

    private static final Duration WORTH_TELLING = Duration.ofMinutes(1);
    /** How long nothing must happen, so that what is under way at the moment shows. */
    private static final Duration QUIET = Duration.ofMillis(300);
    /** How long nothing must happen although there is something to do: a provider that never comes back. */
    private static final Duration STALEMATE = Duration.ofSeconds(20);

    private final MessageStore store;
    private final JumpingClock clock;
    private final Agenda agenda;
    private List<StateCount> counts = List.of();
    private Duration changedAt = Duration.ZERO;
    private boolean toldOfWaiting;

    TimeJumps(MessageStore store, JumpingClock clock, Agenda agenda) {
        this.store = store;
        this.clock = clock;
        this.agenda = agenda;
    }

    /**
     * Jumps if it is time to.
     *
     * @return what to tell the user; null: nothing
     */
    @Nullable
    String consider(Progress progress) {
        if (!progress.counts().equals(counts)) {
            counts = progress.counts();
            changedAt = progress.elapsed();
            return null;
        }
        Duration calm = progress.elapsed().minus(changedAt);
        Optional<Instant> nextWork = calm.compareTo(QUIET) < 0 ? Optional.empty() : store.nextWorkAt();
        if (nextWork.isEmpty()) {
            return null;
        }
        Instant now = clock.instant();
        boolean waits = nextWork.get().isAfter(now.plus(WORTH_A_JUMP)) && !isBusy(progress);
        if (!waits && calm.compareTo(STALEMATE) < 0) {
            return null;
        }
        Instant stop =
                waits ? agenda.stopFor(nextWork.get(), progress.underway() > 0, now) : now.plus(Duration.ofHours(1));
        clock.jumpTo(stop);
        changedAt = progress.elapsed();
        return stop.isBefore(now.plus(WORTH_TELLING)) ? null : words(progress, stop);
    }

    private static boolean isBusy(Progress progress) {
        return progress.messages(MessageState.QUEUED) + progress.messages(MessageState.SUBMITTING) > 0;
    }

    private @Nullable String words(Progress progress, Instant stop) {
        if (agenda.isDue(stop) || progress.underway() == 0) {
            toldOfWaiting = false;
            return "Nothing is due before " + Words.minute(stop) + ": the simulated clock jumps there.";
        }
        if (toldOfWaiting) {
            return null;
        }
        toldOfWaiting = true;
        return "No word yet of " + Words.count(progress.underway(), "message")
                + ": the simulated clock runs on, and they are asked for again.";
    }
}
