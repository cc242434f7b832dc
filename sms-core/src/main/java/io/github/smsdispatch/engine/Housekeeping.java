package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Outlook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that time or others do to messages: receipts from the inbox, leases that ended, validities that ended, and
 * what operators have set; and when there is none of it, what is over may be forgotten. Any number of nodes may do it at the same time.
 */
final class Housekeeping implements Loop.Step {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private static final int MOST_AT_ONCE = 500;

    private final MessageStore store;
    private final Collection<Account> accounts;
    private final Detours detours;
    private final StrandedLines stranded;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final Retention retention;
    private final Lookout lookout;
    private final Runnable wakeDispatcher;
    private final List<Part> parts =
            List.of(this::obey, this::applyReceipts, this::recover, this::expire, this::lookForStranded, this::forget);

    /** Where the next round begins. For the loop's thread only. */
    private int next;

    /** What operators have set. For the loop's thread only. */
    private Map<ProviderAccount, RunState> wanted = Map.of();

    /** A part of a step. */
    @FunctionalInterface
    private interface Part {
        /** Does it; returns how soon to step again, as the parts before it would have it and as it turned out. */
        Loop.Pace after(Loop.Pace before);
    }

    Housekeeping(
            MessageStore store,
            Collection<Account> accounts,
            Detours detours,
            StrandedLines stranded,
            Announcer announcer,
            EngineSettings settings,
            Retention retention,
            Lookout lookout,
            Runnable wakeDispatcher) {
        this.store = store;
        this.accounts = accounts;
        this.detours = detours;
        this.stranded = stranded;
        this.announcer = announcer;
        this.settings = settings;
        this.retention = retention;
        this.lookout = lookout;
        this.wakeDispatcher = wakeDispatcher;
    }

    /**
     * All parts in their turn. One that fails ends the round, so that the loop hears of it and pauses, and the next round begins
     * behind it: whichever fails again and again, the others are done.
     */
    @Override
    public Loop.Pace step() {
        var pace = Loop.Pace.IDLE;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(next);
            next = (next + 1) % parts.size();
            pace = part.after(pace);
        }
        next = 0;
        return pace;
    }

    private Loop.Pace obey(Loop.Pace before) {
        obeyOperators();
        return before;
    }

    private Loop.Pace applyReceipts(Loop.Pace before) {
        InboxRound inbox = store.applyReceipts(MOST_AT_ONCE, settings.lateRetries());
        announcer.tell(inbox.changes());
        inbox.disproved().forEach(this::warnOfMistakenProof);
        // Whatever became of them: behind a full page there may be more.
        return inbox.seen() >= MOST_AT_ONCE ? Loop.Pace.BUSY : before;
    }

    private Loop.Pace recover(Loop.Pace before) {
        return tell(store.recover(MOST_AT_ONCE)) ? Loop.Pace.BUSY : before;
    }

    private Loop.Pace expire(Loop.Pace before) {
        return tell(store.expire(settings.grace(), MOST_AT_ONCE)) ? Loop.Pace.BUSY : before;
    }

    private Loop.Pace lookForStranded(Loop.Pace before) {
        stranded.look(wanted);
        return before;
    }

    /** With a pause between two steps, however much there is: the others need the database more. */
    private Loop.Pace forget(Loop.Pace before) {
        return before == Loop.Pace.IDLE && retention.step() ? Loop.Pace.SOON : before;
    }

    /** What operators want is not foreseen: it is looked for each time. */
    @Override
    public boolean isDue() {
        obeyOperators();
        stranded.look(wanted);
        return lookout.isDue(Housekeeping::earliest) || retention.isDue();
    }

    private static @Nullable Instant earliest(Outlook outlook) {
        return Stream.of(outlook.recoveries(), outlook.receipts(), outlook.endings())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void obeyOperators() {
        wanted = store.runStates();
        detours.obey(wanted);
        for (Account account : accounts) {
            RunState state = wanted.getOrDefault(account.name(), RunState.RUNNING);
            if (account.runState() != state) {
                account.obey(state);
                wakeDispatcher.run();
            }
        }
    }

    /** Its log is slower than its receipts: others may be handed over twice as well. */
    private void warnOfMistakenProof(ProviderAccount name) {
        for (Account account : accounts) {
            long all = account.name().equals(name) ? account.damper("absence").speaksFor() : 0;
            if (all > 0) {
                log.warn(
                        "{} reports on a message that counted as not taken, because it was missing from its log: it may"
                                + " arrive twice. Make absence-proof of {} longer, or never ({} since the last line like this)",
                        name,
                        name,
                        all);
            }
        }
    }

    private boolean tell(List<StateChange> changes) {
        announcer.tell(changes);
        return !changes.isEmpty();
    }
}
