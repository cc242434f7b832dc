package io.github.smsdispatch.tracking;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static io.github.smsdispatch.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tracker of what others sent")
class StatusTrackerTest {
    private static final ProviderAccount ACCOUNT = ProviderAccount.of("first");

    private final TestClock clock = new TestClock();
    private final FakeTrackingStore store = new FakeTrackingStore(clock);
    private final Provider provider = new Provider();

    /** Answers by id as the test says; what it does not say is delivered. */
    private class Provider implements SmsProvider, StatusLookup, MessageLog {
        final List<String> asked = new ArrayList<>();
        final Map<String, List<Instant>> askedAt = new HashMap<>();
        final Map<String, LookupAnswer> answers = new HashMap<>();
        final List<List<String>> calls = new ArrayList<>();
        final List<@Nullable String> cursors = new ArrayList<>();
        Function<@Nullable String, LogAnswer> pages = cursor -> new LogAnswer.Page(List.of(), null);
        int perCall = 1;

        @Override
        public ProviderTraits traits() {
            return ProviderTraits.builder().build();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            throw new AssertionError("a tracker sends nothing");
        }

        @Override
        public int maxLookupBatch() {
            return perCall;
        }

        @Override
        public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
            calls.add(attempts.stream()
                    .map(attempt -> attempt.providerMessageIds().get(0))
                    .toList());
            return attempts.stream().map(this::lookUp).toList();
        }

        private LookupAnswer lookUp(SentAttempt attempt) {
            String id = attempt.providerMessageIds().get(0);
            asked.add(id);
            askedAt.computeIfAbsent(id, any -> new ArrayList<>()).add(clock.instant());
            return answers.getOrDefault(id, found(id, ReceiptState.DELIVERED));
        }

        @Override
        public LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
            cursors.add(cursor);
            return pages.apply(cursor);
        }
    }

    /** Cannot be asked for anything. */
    private static final class Mute implements SmsProvider {
        @Override
        public ProviderTraits traits() {
            return ProviderTraits.builder().build();
        }

        @Override
        public List<SubmitOutcome> submit(List<Submission> batch) {
            throw new AssertionError("a tracker sends nothing");
        }
    }

    private static LookupAnswer found(String id, ReceiptState state) {
        return new LookupAnswer.Found(List.of(receipt(id, state)));
    }

    private static Receipt receipt(String id, ReceiptState state) {
        return new Receipt(ACCOUNT, id, null, state, state.name(), null, null);
    }

    private StatusTrackerBuilder builder() {
        return StatusTracker.builder(store, ACCOUNT, provider)
                .clock(clock)
                .random(new Random(7))
                .executor(Runnable::run)
                .progressEvery(Duration.ofDays(1));
    }

    private StatusTracker begun(StatusTrackerBuilder settings) {
        StatusTracker tracker = settings.build();
        tracker.begin(Runnable::run);
        return tracker;
    }

    /** Steps, and lets the time pass that it says, until it is at its end; returns how long that took. */
    private Duration toTheEnd(StatusTracker tracker) {
        Instant start = clock.instant();
        int steps = 0;
        for (Duration next = tracker.step(); next != null; next = tracker.step()) {
            assertThat(steps++).as("steps without an end").isLessThan(1_000_000);
            clock.advance(next);
        }
        return Duration.between(start, clock.instant());
    }

    private void seed(int count) {
        IntStream.range(0, count).mapToObj(i -> "id-" + i).forEach(store.toSeed::add);
    }

    @Test
    @DisplayName("asks for each id once when the first answer is final, and ends by itself")
    void once() {
        seed(2_500);
        store.toSeed.add("id-7");
        provider.answers.put("id-9", found("id-9", ReceiptState.UNDELIVERED));
        StatusTracker tracker = begun(builder());
        toTheEnd(tracker);
        assertThat(provider.asked).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(tracker.progress().counts().byState()).isEqualTo(Map.of(DELIVERED, 2_499L, UNDELIVERED, 1L));
        assertThat(tracker.progress().looks()).isEqualTo(2_500);
    }

    @Test
    @DisplayName("asks for what is on its way less and less often, and never within the pause")
    void backOff() {
        seed(1);
        provider.answers.put("id-0", found("id-0", ReceiptState.ENROUTE));
        StatusTracker tracker = begun(builder().interval(Duration.ofSeconds(10), Duration.ofMinutes(5)));
        Duration took = toTheEnd(tracker);
        assertThat(store.row("id-0").state).isEqualTo(UNCONFIRMED);
        assertThat(took).isBetween(Duration.ofHours(72), Duration.ofHours(73));
        List<Instant> at = provider.askedAt.get("id-0");
        assertThat(Duration.between(at.get(0), at.get(1))).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(11));
        assertThat(Duration.between(at.get(3), at.get(4))).isBetween(Duration.ofSeconds(64), Duration.ofSeconds(81));
        assertThat(Duration.between(at.get(20), at.get(21)))
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5).plusSeconds(1));
    }

    @Test
    @DisplayName(
            "gives an old message up at once that the provider last spoke of long ago, whatever the future it names")
    void oldNews() {
        seed(2);
        provider.answers.put("id-0", enroute("id-0", clock.instant().minus(Duration.ofDays(4))));
        provider.answers.put("id-1", enroute("id-1", clock.instant().plus(Duration.ofDays(4_000))));
        StatusTracker tracker = begun(builder());
        tracker.step();
        assertThat(store.row("id-0").state).isEqualTo(UNCONFIRMED);
        assertThat(store.row("id-1").state).isEqualTo(SENT);
        assertThat(toTheEnd(tracker)).isLessThan(Duration.ofHours(74));
        assertThat(store.row("id-1").state).isEqualTo(UNCONFIRMED);
    }

    private static LookupAnswer enroute(String id, Instant at) {
        return new LookupAnswer.Found(List.of(new Receipt(ACCOUNT, id, null, ReceiptState.ENROUTE, "sent", null, at)));
    }

    @Test
    @DisplayName("gives up what the provider has forgotten, or cannot read, after a few full answers")
    void forgotten() {
        seed(3);
        provider.answers.put("id-0", new LookupAnswer.Absent());
        provider.answers.put("id-1", new LookupAnswer.Unclear("no id of ours"));
        provider.answers.put("id-2", new LookupAnswer.Failed("400", "refused", null));
        StatusTracker tracker = begun(builder().giveUpAfter(3));
        Duration took = toTheEnd(tracker);
        assertThat(store.rows.values()).extracting(row -> row.state).containsOnly(UNCONFIRMED);
        assertThat(provider.asked).hasSize(9);
        assertThat(took).isBetween(Duration.ofSeconds(72), Duration.ofSeconds(120));
    }

    @Test
    @DisplayName("keeps a word that this version does not know, and ends all the same")
    void unknownWord() {
        seed(1);
        provider.answers.put("id-0", found("id-0", ReceiptState.UNKNOWN));
        toTheEnd(begun(builder().unconfirmedAfter(Duration.ofHours(1))));
        assertThat(store.row("id-0").state).isEqualTo(UNCONFIRMED);
        assertThat(store.row("id-0").receipt).isEqualTo(receipt("id-0", ReceiptState.UNKNOWN));
    }

    @Test
    @DisplayName(
            "asks in batches, and alone for what told nothing, so that one bad id does not spoil the others' answers")
    void batches() {
        seed(5);
        provider.perCall = 3;
        provider.answers.put("id-1", new LookupAnswer.Absent());
        toTheEnd(begun(builder().giveUpAfter(2)));
        assertThat(provider.calls)
                .containsExactly(List.of("id-0", "id-1", "id-2"), List.of("id-3", "id-4"), List.of("id-1"));
    }

    @Test
    @DisplayName("does not count looks that failed because the provider was out of order")
    void outage() {
        seed(40);
        store.toSeed.forEach(id -> provider.answers.put(id, new LookupAnswer.Failed("500", "down", null)));
        StatusTracker tracker = begun(builder().giveUpAfter(8));
        Instant end = clock.instant().plus(Duration.ofMinutes(10));
        while (clock.instant().isBefore(end)) {
            Duration next = tracker.step();
            assertThat(next).isNotNull();
            clock.advance(next);
        }
        provider.answers.clear();
        toTheEnd(tracker);
        assertThat(store.rows.values()).extracting(row -> row.state).containsOnly(DELIVERED);
    }

    @Test
    @DisplayName("ends with what is wrong when the provider has not answered for as long as its patience lasts")
    void patience() {
        seed(20);
        store.toSeed.forEach(id -> provider.answers.put(id, new LookupAnswer.Failed("401", "credentials", null)));
        StatusTracker tracker = begun(builder());
        Instant start = clock.instant();
        while (tracker.trouble() == null) {
            Duration next = tracker.step();
            assertThat(next).isNotNull();
            clock.advance(next);
        }
        assertThat(tracker.trouble()).isEqualTo("credentials (401)");
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(17));
    }

    @Test
    @DisplayName("takes up what another process had claimed when its lease ends, and nothing of it before")
    void killed() {
        seed(10);
        store.seed();
        store.claim(4, Duration.ofMinutes(1));
        StatusTracker tracker = begun(builder());
        assertThat(tracker.step()).isZero();
        assertThat(provider.asked).hasSize(6);
        assertThat(toTheEnd(tracker)).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        assertThat(provider.asked).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("sweeps the log page by page, updates what is tracked, ignores what is not, and asks for the rest")
    void sweep() {
        seed(3);
        provider.pages = cursor -> cursor == null
                ? new LogAnswer.Page(
                        List.of(receipt("id-0", ReceiptState.DELIVERED), receipt("other", ReceiptState.DELIVERED)), "2")
                : new LogAnswer.Page(
                        List.of(receipt("id-0", ReceiptState.DELIVERED), receipt("id-1", ReceiptState.UNDELIVERED)),
                        null);
        StatusTracker tracker = begun(builder().mode(TrackingMode.SWEEP));
        toTheEnd(tracker);
        assertThat(provider.cursors).containsExactly(null, "2");
        assertThat(provider.asked).containsExactly("id-2");
        assertThat(store.rows).containsOnlyKeys("id-0", "id-1", "id-2");
        assertThat(store.row("id-1").state).isEqualTo(UNDELIVERED);
        assertThat(tracker.progress().pages()).isEqualTo(2);
    }

    @Test
    @DisplayName("imports what the log has and is not tracked, if told so")
    void imports() {
        provider.pages = cursor -> new LogAnswer.Page(List.of(receipt("other", ReceiptState.DELIVERED)), null);
        toTheEnd(begun(builder().mode(TrackingMode.SWEEP).importUnknown(true)));
        assertThat(store.row("other").state).isEqualTo(DELIVERED);
        assertThat(provider.asked).isEmpty();
    }

    @Test
    @DisplayName("goes on with a sweep where a killed process was, when its lease has ended")
    void sweepGoesOn() {
        provider.pages = cursor -> new LogAnswer.Page(List.of(), cursor == null ? "2" : null);
        begun(builder().mode(TrackingMode.SWEEP)).step();
        StatusTracker first = begun(builder().mode(TrackingMode.SWEEP));
        assertThat(first.step()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMinutes(2));
        StatusTracker killed = begun(builder().mode(TrackingMode.SWEEP));
        killed.step();
        killed.step();
        clock.advance(Duration.ofMinutes(2));
        toTheEnd(begun(builder().mode(TrackingMode.SWEEP)));
        assertThat(provider.cursors).containsExactly(null, "2");
    }

    @Test
    @DisplayName("ends a sweep whose cursors go round in a circle")
    void circle() {
        provider.pages = cursor ->
                new LogAnswer.Page(List.of(), String.valueOf(cursor == null ? 0 : (Integer.parseInt(cursor) + 1) % 7));
        toTheEnd(begun(builder().mode(TrackingMode.SWEEP)));
        assertThat(provider.cursors).hasSizeLessThan(30);
    }

    @Test
    @DisplayName("reads a page again that failed, after the pause that the provider asks for")
    void pageFailed() {
        provider.pages = cursor -> provider.cursors.size() == 1
                ? new LogAnswer.Failed("429", "too many", Duration.ofSeconds(30))
                : new LogAnswer.Page(List.of(), null);
        StatusTracker tracker = begun(builder().mode(TrackingMode.SWEEP));
        assertThat(toTheEnd(tracker)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(tracker.progress().throttles()).isEqualTo(1);
    }

    @Test
    @DisplayName("counts beside its claims, one count at a time, and tells the last numbers while a count takes long")
    void countsBeside() {
        seed(3);
        IntStream.range(0, 3).forEach(i -> provider.answers.put("id-" + i, found("id-" + i, ReceiptState.ENROUTE)));
        var held = new ArrayDeque<Runnable>();
        var told = new ArrayList<Map<MessageState, Long>>();
        StatusTracker tracker = builder()
                .interval(Duration.ofHours(1), Duration.ofHours(1))
                .progressEvery(Duration.ofSeconds(5))
                .listener(progress -> told.add(progress.counts().byState()))
                .build();
        tracker.begin(held::add);
        tracker.step();
        runAll(held);
        assertThat(provider.asked).hasSize(3);

        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(5));
            tracker.step();
            assertThat(held).as("counts under way").hasSize(1);
            assertThat(told).isEmpty();
        }
        runAll(held);
        tracker.step();
        assertThat(told).containsExactly(Map.of(SENT, 3L));
        tracker.step();
        assertThat(told).hasSize(1);

        store.row("id-0").state = DELIVERED;
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(5));
            tracker.step();
            assertThat(held).hasSize(1);
        }
        assertThat(told).containsExactly(Map.of(SENT, 3L), Map.of(SENT, 3L));
        runAll(held);
        tracker.step();
        assertThat(told.get(2)).isEqualTo(Map.of(SENT, 2L, DELIVERED, 1L));
    }

    private static void runAll(Queue<Runnable> held) {
        for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
        }
    }

    @Test
    @DisplayName("goes on when its messages cannot be counted, and counts again the next time")
    void countFails() {
        seed(1);
        provider.answers.put("id-0", found("id-0", ReceiptState.ENROUTE));
        var told = new ArrayList<TrackingProgress>();
        StatusTracker tracker = begun(builder()
                .interval(Duration.ofHours(1), Duration.ofHours(1))
                .progressEvery(Duration.ofSeconds(5))
                .listener(told::add));
        store.countTrouble = new StoreException("scripted trouble", new IllegalStateException());
        clock.advance(Duration.ofSeconds(5));
        assertThat(Screen.logOf(tracker::step)).contains("what is tracked could not be counted: scripted trouble");
        assertThat(told).isEmpty();
        store.countTrouble = null;
        clock.advance(Duration.ofSeconds(5));
        tracker.step();
        assertThat(told).hasSize(1);
    }

    @Test
    @DisplayName("refuses a provider that cannot be asked, and says what else there is")
    void cannotBeAsked() {
        var mute = new Mute();
        assertThatThrownBy(() -> StatusTracker.builder(store, ACCOUNT, mute).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("receive its receipts by webhook");
        assertThatThrownBy(() -> StatusTracker.builder(store, ACCOUNT, mute)
                        .mode(TrackingMode.SWEEP)
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("use POLL");
    }
}
