package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sweep over a provider's log")
class LogSweepTest {
    private final Logged provider = new Logged();
    private final VirtualEngine virtual = new VirtualEngine(provider);

    /** A provider with a log of one entry a page, whose cursors are numbers. */
    private static final class Logged extends FakeProvider implements MessageLog {
        final List<Receipt> entries = new ArrayList<>();
        final List<@Nullable String> read = new ArrayList<>();
        Function<Integer, @Nullable LogAnswer> script = page -> null;

        Logged() {
            super("logged");
        }

        @Override
        public LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
            read.add(cursor);
            int page = cursor == null ? 0 : Integer.parseInt(cursor);
            LogAnswer scripted = script.apply(page);
            if (scripted != null) {
                return scripted;
            }
            String next = page + 1 < entries.size() ? String.valueOf(page + 1) : null;
            return new LogAnswer.Page(entries.subList(page, Math.min(page + 1, entries.size())), next);
        }
    }

    private MessageId sent() {
        MessageId id = virtual.send("hello");
        virtual.settle();
        assertThat(virtual.state(id)).isEqualTo(SENT);
        return id;
    }

    private void log(String id, ReceiptState state, @Nullable AttemptId reference) {
        provider.entries.add(
                new Receipt(provider.account, id, reference, state, "word", null, virtual.clock.instant()));
    }

    private String idOf(MessageId message) {
        return String.valueOf(virtual.status(message).providerMessageId());
    }

    private SweepSummary sweep() throws InterruptedException {
        SweepSummary summary = virtual.engine.sweepLog(
                provider.account,
                virtual.clock.instant().minus(Duration.ofHours(1)),
                virtual.clock.instant(),
                virtual.clock::advance);
        virtual.settle();
        return summary;
    }

    @Test
    @DisplayName("settles what it says the end of, passes over what others sent, and finds nothing new the second time")
    void settles() throws Exception {
        MessageId arrived = sent();
        MessageId failed = sent();
        MessageId onItsWay = sent();
        log(idOf(arrived), ReceiptState.DELIVERED, null);
        log("another's", ReceiptState.DELIVERED, null);
        log(idOf(failed), ReceiptState.UNDELIVERED, null);
        log(idOf(onItsWay), ReceiptState.ENROUTE, null);
        log(idOf(arrived), ReceiptState.DELIVERED, null);

        assertThat(sweep()).isEqualTo(new SweepSummary(5, 5, 2, null));

        assertThat(virtual.state(arrived)).isEqualTo(DELIVERED);
        assertThat(virtual.state(failed)).isEqualTo(UNDELIVERED);
        assertThat(virtual.state(onItsWay)).isEqualTo(SENT);
        assertThat(sweep()).isEqualTo(new SweepSummary(5, 5, 0, null));
    }

    @Test
    @DisplayName("settles a doubt where the log carries our reference")
    void doubt() throws Exception {
        provider.takeAndLoseTheAnswer();
        MessageId id = virtual.send("hello");
        virtual.settle();
        log("found", ReceiptState.ENROUTE, virtual.store.attempts(id).get(0).id());

        assertThat(sweep().receipts()).isEqualTo(1);

        assertThat(virtual.state(id)).isEqualTo(SENT);
        assertThat(idOf(id)).isEqualTo("found");
    }

    @Test
    @DisplayName("tries a page again that could not be read, from the same place")
    void again() throws Exception {
        MessageId id = sent();
        log("another's", ReceiptState.DELIVERED, null);
        log(idOf(id), ReceiptState.DELIVERED, null);
        var failures = new ArrayList<>(List.of(
                new LogAnswer.Failed("429", "too many", Duration.ofSeconds(7)),
                new LogAnswer.Failed(null, "no answer", null)));
        provider.script = page -> page == 1 && !failures.isEmpty() ? failures.remove(0) : null;
        Instant before = virtual.clock.instant();

        assertThat(sweep()).isEqualTo(new SweepSummary(2, 2, 1, null));

        assertThat(provider.read).containsExactly(null, "1", "1", "1");
        assertThat(virtual.clock.instant()).isAfterOrEqualTo(before.plusSeconds(7));
        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("gives up a page that cannot be read, says why, and keeps what it has read")
    void givesUp() throws Exception {
        MessageId id = sent();
        log(idOf(id), ReceiptState.DELIVERED, null);
        log("another's", ReceiptState.DELIVERED, null);
        provider.script = page -> page == 1 ? new LogAnswer.Failed("500", "out of order", null) : null;

        assertThat(sweep()).isEqualTo(new SweepSummary(1, 1, 1, "out of order"));

        assertThat(virtual.state(id)).isEqualTo(DELIVERED);
        assertThat(provider.read).hasSize(11);
    }

    @Test
    @DisplayName("ends where cursors lead round in a circle")
    void circle() throws Exception {
        provider.script = page -> new LogAnswer.Page(List.of(), String.valueOf((page + 1) % 3));

        assertThat(sweep().pages()).isLessThan(12);
    }

    @Test
    @DisplayName("is refused for an account without a log, and for one that is not known")
    void refused() {
        var plain = new FakeProvider("plain");
        var engine = new VirtualEngine(plain).engine;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.sweepLog(plain.account, Instant.EPOCH, Instant.now()))
                .withMessage("plain has no log that could be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.sweepLog(ProviderAccount.of("other"), Instant.EPOCH, Instant.now()))
                .withMessage("other is no account of this engine");
    }
}
