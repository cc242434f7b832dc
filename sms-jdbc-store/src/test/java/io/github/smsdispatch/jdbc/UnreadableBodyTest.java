package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.SyncTask;
import io.github.smsdispatch.testkit.MovableClock;
import io.github.smsdispatch.testkit.logs.StandardStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A message whose row holds what no message may hold")
class UnreadableBodyTest {
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-03-08T05:29:59Z"));
    private final Message sound = Message.to("+12025550123").text("Hello").build();
    private final Message spoiled =
            Message.to("+12025550124").text("Hello").attribute("visit", "4711").build();

    static Stream<Arguments> urlsAndSlips() {
        var slips = List.of(
                "UPDATE sms_message_body SET recipient = '02025550124' WHERE recipient = '+12025550124'",
                "UPDATE sms_message_body SET tenant = 'not a tenant' WHERE recipient = '+12025550124'",
                "UPDATE sms_message_body SET body = '' WHERE recipient = '+12025550124'",
                "UPDATE sms_message_body SET doubt_policy = 99 WHERE recipient = '+12025550124'",
                "UPDATE sms_message_attribute SET name = ''");
        return TestDatabases.urls().flatMap(url -> slips.stream().map(slip -> Arguments.of(url, slip)));
    }

    @ParameterizedTest
    @MethodSource("urlsAndSlips")
    @DisplayName("does not keep the next in line from being begun, is named once, and expires")
    void beginNext(String url, String slip) throws Exception {
        try (var pool = new TestPool(url);
                var streams = new StandardStreams()) {
            JdbcMessageStore store = store(pool);
            store.enqueue(List.of(spoiled, sound), Map.of(spoiled.id(), ALPHA, sound.id(), ALPHA));
            TestDatabases.execute(pool, slip);

            assertThat(beginNext(store).begun())
                    .extracting(begun -> begun.claim().message().id())
                    .containsExactly(sound.id());
            assertThat(beginNext(store).begun()).isEmpty();
            clock.advance(LEASE);
            assertThat(beginNext(store).begun()).isEmpty();

            isNamedOnce(streams.all());
            endsAs(MessageState.EXPIRED, store);
        }
    }

    @ParameterizedTest
    @MethodSource("urlsAndSlips")
    @DisplayName("does not keep others from being claimed, is named once, and expires")
    void claim(String url, String slip) throws Exception {
        try (var pool = new TestPool(url);
                var streams = new StandardStreams()) {
            JdbcMessageStore store = store(pool);
            store.enqueue(List.of(spoiled, sound));
            TestDatabases.execute(pool, slip);

            var request = new ClaimRequest(Lane.NORMAL, 10, LEASE);
            for (int lease = 0; lease < 2; lease++) {
                assertThat(store.claim(request))
                        .extracting(claim -> claim.message().id())
                        .containsExactly(sound.id());
                clock.advance(LEASE);
            }

            isNamedOnce(streams.all());
            endsAs(MessageState.EXPIRED, store);
        }
    }

    @ParameterizedTest
    @MethodSource("urlsAndSlips")
    @DisplayName("does not keep others from being looked up, is named once, and ends unconfirmed")
    void claimSync(String url, String slip) throws Exception {
        try (var pool = new TestPool(url);
                var streams = new StandardStreams()) {
            JdbcMessageStore store = store(pool);
            store.enqueue(List.of(spoiled, sound), Map.of(spoiled.id(), ALPHA, sound.id(), ALPHA));
            store.finish(beginNext(store).begun().stream()
                    .map(UnreadableBodyTest::taken)
                    .toList());
            TestDatabases.execute(pool, slip);

            for (int lease = 0; lease < 2; lease++) {
                clock.advance(LEASE);
                assertThat(store.claimSync(ALPHA, 10, LEASE))
                        .extracting(SyncTask::message)
                        .containsExactly(sound.id());
            }

            isNamedOnce(streams.all());
            endsAs(MessageState.UNCONFIRMED, store);
        }
    }

    @Test
    @DisplayName("is named among a hundred at the most, however many there are")
    void named() throws Exception {
        try (var pool = new TestPool("jdbc:h2:mem:" + TestDatabases.prefix());
                var streams = new StandardStreams()) {
            JdbcMessageStore store = store(pool);
            store.enqueue(IntStream.range(0, 101)
                    .mapToObj(i -> Message.to("+12025550124").text("Hello").build())
                    .toList());
            TestDatabases.execute(pool, "UPDATE sms_message_body SET body = ''");

            assertThat(store.claim(new ClaimRequest(Lane.NORMAL, 200, LEASE))).isEmpty();

            assertThat(streams.all().lines().filter(line -> line.contains("cannot be read from its row")))
                    .hasSize(100)
                    .filteredOn(line -> line.endsWith("; no more of them are named"))
                    .hasSize(1);
        }
    }

    private JdbcMessageStore store(TestPool pool) {
        JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
        store.createSchema();
        return store;
    }

    private static BeginRound beginNext(JdbcMessageStore store) {
        return store.beginNext(
                List.of(new BeginRequest(ALPHA, Map.of(Lane.NORMAL, 10), false, AttemptId::create)), LEASE);
    }

    private static AttemptEnd taken(Begun begun) {
        MessageId message = begun.claim().message().id();
        var outcome = new SubmitOutcome.Accepted(List.of("A-" + message), 0, null);
        return new AttemptEnd(message, begun.attempt(), outcome, MessageState.SENT, null, LEASE);
    }

    private static MessageState state(JdbcMessageStore store, MessageId message) {
        return store.find(message).orElseThrow().state();
    }

    /** Once its validity is over. */
    private void endsAs(MessageState end, JdbcMessageStore store) {
        clock.advance(Message.DEFAULT_VALIDITY);
        store.expire(Duration.ZERO, 10);
        assertThat(state(store, spoiled.id())).isEqualTo(end);
    }

    /** And nothing of what it holds. */
    private void isNamedOnce(String log) {
        assertThat(log.lines().filter(line -> line.contains("cannot be read from its row")))
                .singleElement()
                .asString()
                .contains("WARN", spoiled.id().toString())
                .doesNotContain("2025550124", "not a tenant", "4711");
    }
}
