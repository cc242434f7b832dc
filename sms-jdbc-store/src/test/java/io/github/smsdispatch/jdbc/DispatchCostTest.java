package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.Begun;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import io.github.smsdispatch.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only the Linux server comes along")
@DisplayName("On a MariaDB with thousands of messages that are final, and thousands that wait,")
class DispatchCostTest {
    private static final int BATCH = 100;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");
    private static final ProviderAccount BETA = ProviderAccount.of("beta");

    private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-03-08T05:29:59Z"));
    private final Random random = new Random(7);

    @Test
    @DisplayName("a hand-over reads the rows it is about, each no more often than it must")
    void handOver() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("hot" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            store.cancel(put(store, 3000).stream().map(Message::id).toList());
            put(store, 3000);
            // The first learns the accounts.
            send(store, new ArrayList<>());

            var claims = new ArrayList<Claim>();
            assertThat(RowsRead.by(pool, () -> claims.addAll(store.claim(new ClaimRequest(Lane.NORMAL, BATCH, LEASE)))))
                    .as("message to lock and to lease, body, suppression")
                    .isBetween(3 * BATCH, 4 * BATCH + 20);
            List<AttemptStart> starts = starts(claims);
            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.begin(starts, LEASE)).hasSize(BATCH)))
                    .as("message to change; nobody is suppressed, so no body is read")
                    .isBetween(BATCH, BATCH + 20);
            List<AttemptEnd> ends = ends(starts, "second");
            assertThat(RowsRead.by(pool, () -> assertThat(store.finish(ends)).hasSize(BATCH)))
                    .as("message and attempt to change")
                    .isBetween(BATCH, 2 * BATCH + 20);
        }
    }

    @Test
    @DisplayName("new messages are stored without a look who is there already, until one was")
    void enqueue() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("new" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            put(store, 3000);
            List<Message> messages = messages(BATCH);
            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.enqueue(messages)).allMatch(EnqueueResult::added)))
                    .as("nothing to read")
                    .isLessThan(20);
            assertThat(store.enqueue(messages)).noneMatch(EnqueueResult::added);
            assertThat(RowsRead.by(
                            pool, () -> assertThat(store.enqueue(messages)).noneMatch(EnqueueResult::added)))
                    .as("messages by id")
                    .isBetween(BATCH, BATCH + 20);
        }
    }

    @Test
    @DisplayName("and fewer where it waits for its account in line")
    void inLine() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("line" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            store.cancel(put(store, 3000).stream().map(Message::id).toList());
            List<Message> messages = messages(3000);
            store.enqueue(messages, messages.stream().collect(Collectors.toMap(Message::id, message -> ALPHA)));
            Supplier<AttemptId> references = () -> AttemptId.create(clock, random);
            var request = new BeginRequest(ALPHA, Map.of(Lane.NORMAL, BATCH), false, references);
            // The first learns the accounts.
            store.beginNext(List.of(request), LEASE);

            var begun = new ArrayList<Begun>();
            assertThat(RowsRead.by(
                            pool,
                            () -> begun.addAll(
                                    store.beginNext(List.of(request), LEASE).begun())))
                    .as("message to lock and to change, body, suppression")
                    .isBetween(3 * BATCH, 4 * BATCH + 20);
            List<AttemptEnd> ends = ends(
                    begun.stream()
                            .map(each -> new AttemptStart(each.claim().message().id(), 0, each.attempt(), ALPHA))
                            .toList(),
                    "line");
            assertThat(RowsRead.by(pool, () -> assertThat(store.finish(ends)).hasSize(BATCH)))
                    .as("message and attempt to change")
                    .isBetween(BATCH, 2 * BATCH + 20);
        }
    }

    @Test
    @DisplayName(
            "messages that go to the line of another account are changed together, each with a due time of its own")
    void otherLine() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("other" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            Instant first = clock.instant();
            List<Message> messages = IntStream.range(0, BATCH)
                    .mapToObj(i -> Message.to("+12025550123")
                            .text("Hello")
                            .dueAt(first.plusSeconds(i))
                            .build())
                    .toList();
            store.enqueue(messages, messages.stream().collect(Collectors.toMap(Message::id, message -> ALPHA)));
            clock.advance(Duration.ofHours(1));
            List<Claim> claims = store.claim(new ClaimRequest(new Line(ALPHA, Lane.NORMAL), BATCH, LEASE));
            List<Release> releases = claims.stream()
                    .map(claim -> new Release(
                            claim.message().id(), claim.fence(), MessageState.QUEUED, null, Duration.ZERO, null, BETA))
                    .toList();
            // The first learns the account, and moves one.
            store.release(releases.subList(0, 1));

            assertThat(updatesBy(pool, () -> store.release(releases.subList(1, BATCH))))
                    .isEqualTo(1);
            assertThat(store.claim(new ClaimRequest(new Line(BETA, Lane.NORMAL), BATCH, LEASE)))
                    .extracting(claim -> claim.message().id())
                    .containsExactlyElementsOf(
                            messages.stream().map(Message::id).toList());
        }
    }

    /** By this session, to which the pool gives one connection. */
    private static int updatesBy(TestPool pool, Runnable work) {
        int before = updates(pool);
        work.run();
        return updates(pool) - before;
    }

    private static int updates(TestPool pool) {
        return Integer.parseInt(TestDatabases.column(
                        pool,
                        "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                                + " WHERE VARIABLE_NAME = 'COM_UPDATE'")
                .get(0));
    }

    @Test
    @DisplayName("the question what is to be done, and a look at what is over, read a row a queue")
    void idle() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("idle" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            store.cancel(put(store, 3000).stream().map(Message::id).toList());
            put(store, 3000);
            store.outlook();

            assertThat(RowsRead.by(pool, () -> assertThat(store.outlook().lines())
                            .isEqualTo(Map.of(new Line(null, Lane.NORMAL), clock.instant()))))
                    .isLessThan(60);
            assertThat(RowsRead.by(pool, () -> assertThat(store.expire(Duration.ofHours(1), 500))
                            .isEmpty()))
                    .isLessThan(20);
        }
    }

    @Test
    @DisplayName("what may not be claimed any more, and waits for a receipt all the same, costs a claim no row")
    void aside() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("aside" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).clock(clock).build();
            store.createSchema();
            List<Message> messages = put(store, 1000);
            resend(store, messages.size());
            clock.advance(Message.DEFAULT_VALIDITY);
            assertThat(store.expire(Duration.ofHours(1), 500)).isEmpty();

            assertThat(RowsRead.by(pool, () -> assertThat(store.claim(new ClaimRequest(Lane.NORMAL, 500, LEASE)))
                            .isEmpty()))
                    .isLessThan(20);
            assertThat(store.outlook().lines()).isEmpty();
            clock.advance(Duration.ofHours(1));
            assertThat(store.expire(Duration.ofHours(1), 500)).hasSize(500);
            assertThat(store.expire(Duration.ofHours(1), 500)).hasSize(500);
            assertThat(store.nextWorkAt()).isEmpty();
        }
    }

    /** Hands over as many, of which nobody knows then whether they were taken, and puts them back into the queue. */
    private void resend(JdbcMessageStore store, int count) {
        List<AttemptStart> starts = starts(store.claim(new ClaimRequest(Lane.NORMAL, count, LEASE)));
        assertThat(store.begin(starts, LEASE)).hasSize(count);
        store.finish(starts.stream()
                .map(start -> new AttemptEnd(
                        start.message(),
                        start.attempt(),
                        new SubmitOutcome.Unknown("504", "no answer"),
                        MessageState.IN_DOUBT,
                        null,
                        Duration.ZERO))
                .toList());
        assertThat(store.finishSync(starts.stream()
                        .map(start -> new SyncEnd(
                                start.message(),
                                start.attempt(),
                                Verdict.RESEND,
                                true,
                                List.of(),
                                true,
                                Duration.ZERO,
                                "looked up"))
                        .toList()))
                .hasSize(count);
    }

    @Test
    @DisplayName("what another node has changed meanwhile is read again, and counts")
    void overtaken() throws Exception {
        try (var pool = new TestPool(
                MariaDbServer.url("over" + UUID.randomUUID().toString().replace("-", "")))) {
            JdbcMessageStore here = JdbcMessageStore.builder(pool).clock(clock).build();
            JdbcMessageStore there = JdbcMessageStore.builder(pool).clock(clock).build();
            here.createSchema();
            put(here, 3);
            List<Claim> claims = here.claim(new ClaimRequest(Lane.NORMAL, 3, LEASE));
            there.cancel(List.of(claims.get(0).message().id()));

            List<StateChange> begun = here.begin(starts(claims), LEASE);
            assertThat(begun)
                    .extracting(StateChange::message)
                    .containsExactlyInAnyOrder(
                            claims.get(1).message().id(),
                            claims.get(2).message().id());
            clock.advance(LEASE);
            assertThat(there.recover(1)).hasSize(1);
            assertThat(here.find(claims.get(0).message().id()).orElseThrow().state())
                    .isEqualTo(MessageState.CANCELLED);
        }
    }

    private void send(JdbcMessageStore store, List<Claim> claims) {
        claims.addAll(store.claim(new ClaimRequest(Lane.NORMAL, BATCH, LEASE)));
        List<AttemptStart> starts = starts(claims);
        store.begin(starts, LEASE);
        assertThat(store.finish(ends(starts, "first"))).hasSize(BATCH);
    }

    private List<AttemptStart> starts(List<Claim> claims) {
        return claims.stream()
                .map(claim -> new AttemptStart(
                        claim.message().id(), claim.fence(), AttemptId.create(clock, random), ALPHA, false))
                .toList();
    }

    private static List<AttemptEnd> ends(List<AttemptStart> starts, String name) {
        return IntStream.range(0, starts.size())
                .mapToObj(i -> new AttemptEnd(
                        starts.get(i).message(),
                        starts.get(i).attempt(),
                        SubmitOutcome.Accepted.as(name + "-" + i),
                        MessageState.SENT,
                        null,
                        Duration.ofHours(6)))
                .toList();
    }

    private static List<Message> put(JdbcMessageStore store, int count) {
        List<Message> messages = messages(count);
        store.enqueue(messages);
        return messages;
    }

    private static List<Message> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Message.to("+12025550123").text("Hello").build())
                .toList();
    }
}
