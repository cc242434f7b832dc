package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One outcome for each message of a batch, in order, and none on the wire twice. */
abstract class BatchRules extends ProviderRules {
    /** How many of the test's numbers there are. */
    private static final int MOST = 1000;

    private static final int SOME = 5;

    @Test
    @DisplayName("an empty batch has no outcomes, or is refused as a mistake; nothing is sent")
    void none() {
        try (SmsProvider provider = fixture().provider()) {
            assertEquals(List.of(), outcomesOrMistake(provider, List.of()), "the outcomes of an empty batch");
        }
        assertEquals(0, fixture().server().requests(), "requests that arrived");
    }

    @Test
    @DisplayName("a full batch: each has its own outcome, in order, and is on the wire once")
    void full() {
        try (SmsProvider provider = fixture().provider()) {
            List<Submission> batch = fixture().submissions(0, Math.min(MOST, maxBatch(provider)));
            assertAllAccepted(batch, fixture().submitAll(provider, batch));
            assertOnTheWire(batch, 1);
        }
    }

    @Test
    @DisplayName("a batch that is too large goes out in several requests, or is refused as a mistake before any")
    void tooFull() {
        try (SmsProvider provider = fixture().provider()) {
            int size = maxBatch(provider) + 1;
            assumeTrue(size <= MOST);
            List<Submission> batch = fixture().submissions(0, size);
            List<SubmitOutcome> outcomes = outcomesOrMistake(provider, batch);
            if (outcomes.isEmpty()) {
                assertEquals(0, fixture().server().requests(), "requests that arrived");
            } else {
                assertAllAccepted(batch, outcomes);
                assertOnTheWire(batch, 1);
                for (ApiCall call : fixture().server().calls()) {
                    assertTrue(call.numbers().size() < size, "one request holds more than the provider takes");
                }
            }
        }
    }

    @Test
    @DisplayName("those that are refused do not touch the others")
    void refusedAmongOthers() {
        try (SmsProvider provider = fixture().provider()) {
            List<Submission> batch = someOf(provider);
            Set<Integer> refused = Set.of(0, 3);
            fixture().answer(call -> {
                Set<Integer> here =
                        call.numbers().stream().filter(refused::contains).collect(Collectors.toSet());
                return here.isEmpty()
                        ? contract().accepts(call)
                        : told(contract().refuses(call, here), "provider with batches", "refuses");
            });
            List<SubmitOutcome> outcomes = fixture().submitAll(provider, batch);
            for (int i = 0; i < batch.size(); i++) {
                SubmitOutcome outcome = outcomes.get(i);
                if (refused.contains(i)) {
                    assertTrue(
                            outcome instanceof SubmitOutcome.Refused,
                            () -> "one that refuses says no to ended as " + outcome);
                } else {
                    fixture().assertAccepted("one beside those that refuses says no to", batch.get(i), outcome);
                }
            }
        }
    }

    @Test
    @DisplayName("those that the answer does not mention are in doubt")
    void mentionedInPart() {
        try (SmsProvider provider = fixture().provider()) {
            List<Submission> batch = someOf(provider);
            fixture()
                    .answer(call -> contract().accepts(call.about(call.numbers().subList(0, 1))));
            List<SubmitOutcome> outcomes = fixture().submitAll(provider, batch);
            Map<Integer, Long> firsts = fixture().server().calls().stream()
                    .collect(Collectors.groupingBy(call -> call.numbers().get(0), Collectors.counting()));
            for (int i = 0; i < batch.size(); i++) {
                SubmitOutcome outcome = outcomes.get(i);
                if (firsts.containsKey(i) && outcome instanceof SubmitOutcome.Accepted) {
                    fixture().assertAccepted(batch.get(i), outcome);
                } else {
                    assertEquals(Ending.UNKNOWN, Ending.of(outcome), "number " + i + ", mentioned: " + firsts.keySet());
                }
            }
        }
    }

    @Test
    @DisplayName("an answer about more than was asked for does no harm")
    void mentionedInExcess() {
        try (SmsProvider provider = fixture().provider()) {
            List<Submission> batch = someOf(provider);
            fixture().answer(call -> {
                var more = new ArrayList<>(call.numbers());
                more.add(999);
                return contract().accepts(call.about(more));
            });
            List<SubmitOutcome> outcomes = fixture().submitAll(provider, batch);
            for (int i = 0; i < batch.size(); i++) {
                if (outcomes.get(i) instanceof SubmitOutcome.Accepted) {
                    fixture().assertAccepted(batch.get(i), outcomes.get(i));
                } else {
                    assertEquals(Ending.UNKNOWN, Ending.of(outcomes.get(i)), "number " + i);
                }
            }
        }
    }

    @Test
    @DisplayName("a fault has the same honest ending for each, and each is on the wire at most once")
    void faults() {
        for (HandOverFault fault : HandOverFault.values()) {
            if (fault == HandOverFault.STALL_BEFORE_ANSWER) {
                ProviderFixture.whileStalling(fault + " of a batch", deadline -> fault(fault, deadline));
            } else if (fault.where() == HandOverFault.Where.ANSWER || fault.where() == HandOverFault.Where.CONNECTION) {
                fault(fault, ProviderFixture.PATIENT);
            }
        }
    }

    /** Returns whether all was on its way before the deadline was over; if not, nothing was tested. */
    private boolean fault(HandOverFault fault, Duration deadline) {
        try (var room = new ProviderFixture(contract());
                SmsProvider provider = room.provider(room.url(), deadline)) {
            List<Submission> batch = someOf(provider);
            room.server().play(room.scripts().of(fault));
            List<SubmitOutcome> outcomes = room.submitAll(provider, batch);
            boolean isLate = outcomes.stream().anyMatch(outcome -> Ending.of(outcome) == Ending.UNAVAILABLE)
                    && timesOnTheWire(room).size() < batch.size();
            if (isLate && !deadline.equals(ProviderFixture.PATIENT)) {
                return false;
            }
            for (SubmitOutcome outcome : outcomes) {
                assertEquals(
                        contract().endingOf(fault),
                        Ending.of(outcome),
                        () -> fault + " (see endingOf) of a batch ended as " + outcome);
            }
            assertTrue(
                    timesOnTheWire(room).values().stream().allMatch(times -> times == 1),
                    () -> fault + ": a message of the batch was on the wire more than once");
            return true;
        }
    }

    @Test
    @DisplayName("messages with different texts are never sent one text")
    void severalTexts() {
        try (SmsProvider provider = fixture().provider()) {
            assumeTrue(maxBatch(provider) > 1);
            fixture().submit(provider, contract().submission(1, "Alfa"));
            assumeTrue(isOnTheWire("Alfa"), "the provider does not send the text");
            List<Submission> batch =
                    List.of(contract().submission(2, "Bravo"), contract().submission(3, "Charlie"));
            List<SubmitOutcome> outcomes = outcomesOrMistake(provider, batch);
            if (outcomes.isEmpty()) {
                assertTrue(provider.traits().batchesShareText(), "refused, although batches need not share a text");
                assertFalse(isOnTheWire("Bravo") || isOnTheWire("Charlie"), "something was sent");
            } else {
                assertAllAccepted(batch, outcomes);
                assertTrue(isOnTheWire("Bravo") && isOnTheWire("Charlie"), "a text was not sent");
            }
        }
    }

    /** A batch of some messages, if there may be some. */
    private List<Submission> someOf(SmsProvider provider) {
        assumeTrue(maxBatch(provider) > 1);
        return fixture().submissions(0, Math.min(SOME, maxBatch(provider)));
    }

    private static int maxBatch(SmsProvider provider) {
        return provider.traits().maxBatchSize();
    }

    /** The outcomes; none if the batch is refused as a mistake. */
    private List<SubmitOutcome> outcomesOrMistake(SmsProvider provider, List<Submission> batch) {
        try {
            return fixture().submitAll(provider, batch);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private void assertAllAccepted(List<Submission> batch, List<SubmitOutcome> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            fixture().assertAccepted(batch.get(i), outcomes.get(i));
        }
    }

    private void assertOnTheWire(List<Submission> batch, long times) {
        Map<Integer, Long> expected = batch.stream()
                .collect(Collectors.toMap(
                        submission -> SmsProviderContract.numberOf(submission.recipient()), submission -> times));
        assertEquals(expected, timesOnTheWire(fixture()), "how often each number was in a request");
    }

    private static Map<Integer, Long> timesOnTheWire(ProviderFixture room) {
        return room.server().calls().stream()
                .flatMap(call -> call.numbers().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private boolean isOnTheWire(String text) {
        return fixture().server().calls().stream().anyMatch(call -> call.mentions(text));
    }
}
