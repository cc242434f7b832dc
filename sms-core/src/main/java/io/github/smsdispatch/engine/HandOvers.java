package io.github.smsdispatch.engine;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.MessageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The second half of the dispatch: commits the intent, calls the provider beside the loop, records how it ended. What is
 * certain to have gone nowhere (the commit failed, the engine stops, the lease was over before the call) is recorded as
 * refused, so that it is no doubt.
 */
final class HandOvers {
    private final MessageStore store;
    private final OutcomePolicy policy;
    private final Recorder recorder;
    private final Announcer announcer;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<AttemptId> newAttempt;
    private final Executor executor;
    private final Runnable wakeUp;

    HandOvers(
            MessageStore store,
            OutcomePolicy policy,
            Recorder recorder,
            Announcer announcer,
            EngineSettings settings,
            InstantSource clock,
            Supplier<AttemptId> newAttempt,
            Executor executor,
            Runnable wakeUp) {
        this.store = store;
        this.policy = policy;
        this.recorder = recorder;
        this.announcer = announcer;
        this.settings = settings;
        this.clock = clock;
        this.newAttempt = newAttempt;
        this.executor = executor;
        this.wakeUp = wakeUp;
    }

    /** Gives a claim the reference under which it will be handed over. */
    HandOver.Item prepare(WaitingRoom.Guest guest) {
        return new HandOver.Item(guest.claim(), guest.since(), newAttempt.get());
    }

    /** Commits the intents and starts the calls. Whether there were any. */
    boolean begin(Map<Account, List<HandOver.Item>> items) {
        if (items.isEmpty()) {
            return false;
        }
        var starts = new ArrayList<AttemptStart>();
        items.forEach((account, all) -> all.forEach(item -> starts.add(new AttemptStart(
                item.claim().message().id(),
                item.claim().fence(),
                item.attempt(),
                account.name(),
                account.traits().receiptsPerPart()))));
        Instant now = clock.instant();
        List<StateChange> begun;
        try {
            begun = store.begin(starts, settings.lease());
        } catch (RuntimeException e) {
            // The commit may have happened all the same. Where it did not, this is void.
            items.values().forEach(this::neverHandedOver);
            throw e;
        }
        announcer.tell(begun);
        Set<MessageId> mine = new HashSet<>();
        begun.forEach(change -> mine.add(change.message()));
        items.forEach((account, all) -> launch(
                account,
                now,
                all.stream()
                        .filter(item -> mine.contains(item.claim().message().id()))
                        .toList()));
        return true;
    }

    private void launch(Account account, Instant begunAt, List<HandOver.Item> items) {
        for (List<HandOver.Item> batch : Batches.of(account.traits(), items)) {
            account.inFlight().addAndGet(batch.size());
            try {
                executor.execute(() -> handOver(account, begunAt, batch));
            } catch (RejectedExecutionException e) {
                account.inFlight().addAndGet(-batch.size());
                neverHandedOver(batch);
            }
        }
    }

    private void handOver(Account account, Instant begunAt, List<HandOver.Item> batch) {
        try {
            if (clock.instant().isAfter(begunAt.plus(settings.lease()))) {
                // The machine slept or the process hung: by now another engine may have looked into it.
                neverHandedOver(batch);
                return;
            }
            List<SubmitOutcome> outcomes = HandOver.call(account, batch, clock.instant());
            var ends = new ArrayList<AttemptEnd>(batch.size());
            OutcomePolicy.judge(account.health(), outcomes);
            for (int i = 0; i < batch.size(); i++) {
                ends.add(policy.endOf(batch.get(i).claim(), batch.get(i).attempt(), outcomes.get(i), account.traits()));
            }
            recorder.record(ends);
        } finally {
            account.inFlight().addAndGet(-batch.size());
            wakeUp.run();
        }
    }

    private void neverHandedOver(List<HandOver.Item> items) {
        var outcome = SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "not handed over");
        recorder.record(items.stream()
                .map(item -> new AttemptEnd(
                        item.claim().message().id(), item.attempt(), outcome, MessageState.QUEUED, null, Duration.ZERO))
                .toList());
    }
}
