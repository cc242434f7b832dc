package io.github.smsdispatch.engine;

import static io.github.smsdispatch.MessageState.DELIVERED;
import static io.github.smsdispatch.MessageState.SENT;
import static io.github.smsdispatch.MessageState.UNCONFIRMED;
import static io.github.smsdispatch.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Status sync")
class StatusSyncTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    @Test
    @DisplayName("asks only for messages whose receipt is overdue")
    void overdueOnly() {
        MessageId answered = virtual.send("one");
        MessageId silent = virtual.send("two");
        virtual.settle();
        provider.status = ReceiptState.DELIVERED;
        virtual.store.receive(
                List.of(provider.receipt(provider.submissions.get(0).reference(), "first-1")));
        virtual.settle();
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.lookups).isZero();
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.lookups).isEqualTo(1);
        assertThat(virtual.state(answered)).isEqualTo(DELIVERED);
        assertThat(virtual.state(silent)).isEqualTo(DELIVERED);
    }

    @Test
    @DisplayName("asks for one message less and less often")
    void backOff() {
        virtual.send("hello");
        virtual.settle();
        var minutes = new ArrayList<Integer>();
        int seen = 0;
        for (int minute = 1; minute <= 50; minute++) {
            virtual.advance(Duration.ofMinutes(1));
            if (provider.lookups > seen) {
                seen = provider.lookups;
                minutes.add(minute);
            }
        }
        assertThat(minutes.get(0)).isEqualTo(2);
        for (int i = 2; i < minutes.size(); i++) {
            assertThat(minutes.get(i) - minutes.get(i - 1))
                    .as("pause %d of %s", i, minutes)
                    .isGreaterThan(minutes.get(i - 1) - minutes.get(i - 2));
        }
        assertThat(seen).isBetween(4, 6);
    }

    @Test
    @DisplayName("brings every message to its end: what is never reported is unconfirmed after validity and grace")
    void unconfirmed() {
        MessageId id = virtual.send("hello");
        virtual.runToTheEnd();
        assertThat(virtual.state(id)).isEqualTo(UNCONFIRMED);
        assertThat(Duration.between(virtual.status(id).expiresAt(), virtual.clock.instant()))
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    }

    @Test
    @DisplayName("a failed look-up says nothing about the message")
    void failedLookup() {
        provider.status = ReceiptState.UNKNOWN;
        MessageId id = virtual.send("hello");
        virtual.settle();
        virtual.advance(Duration.ofMinutes(2));
        assertThat(virtual.state(id)).isEqualTo(SENT);
        provider.status = ReceiptState.UNDELIVERED;
        virtual.advance(Duration.ofMinutes(20));
        assertThat(virtual.state(id)).isEqualTo(UNDELIVERED);
    }

    @Test
    @DisplayName("stops asking when the provider asks to be left alone, and counts no look that it did not make")
    void throttled() {
        // In one call: after a few without an answer, those begun behind them would not go.
        var provider = new FakeProvider(
                "whole", ProviderTraits.builder().maxBatchSize(24).build());
        var virtual = new VirtualEngine(provider);
        for (int i = 0; i < 24; i++) {
            provider.dropAndLoseTheAnswer();
            virtual.send("hello " + i);
        }
        virtual.settle();
        provider.scriptedSearch = Optional.of(new LookupAnswer.Failed("429", "scripted", Duration.ofMinutes(5)));
        virtual.advance(Duration.ofSeconds(15));
        assertThat(provider.searches).isEqualTo(1);
        virtual.advance(Duration.ofMinutes(4));
        assertThat(provider.searches).isEqualTo(1);
        assertThat(virtual.store.claimSync(provider.account, 100, Duration.ofSeconds(1)))
                .extracting(SyncTask::lookups)
                .hasSize(24)
                .containsOnlyOnce(1)
                .contains(0);
        provider.scriptedSearch = Optional.empty();
        virtual.advance(Duration.ofMinutes(2));
        assertThat(provider.searches).isEqualTo(25);
    }

    @Test
    @DisplayName("keeps to the rate of look-ups of an account, with what is leased waiting for its turn")
    void rate() {
        var limited = new VirtualEngine(
                builder -> builder.lookupRate(provider.account, 1, Duration.ofSeconds(5)),
                store -> store,
                Runnable::run,
                provider);
        for (int i = 0; i < 3; i++) {
            provider.dropAndLoseTheAnswer();
            limited.send("hello " + i);
        }
        limited.settle();
        var searches = new ArrayList<Integer>();
        limited.advance(Duration.ofSeconds(15));
        for (int i = 0; i < 3; i++) {
            searches.add(provider.searches);
            limited.advance(Duration.ofMillis(5_200));
        }
        assertThat(searches).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("takes a call that failed for many messages for one failure")
    void oneCallIsOneFailure() {
        for (int i = 0; i < 20; i++) {
            virtual.send("hello " + i);
        }
        virtual.settle();
        provider.scriptedStatus = Optional.of(new LookupAnswer.Failed("500", "scripted", null));
        virtual.advance(Duration.ofMinutes(2));
        assertThat(provider.lookups).isEqualTo(20);
        provider.dropAndLoseTheAnswer();
        virtual.send("in doubt");
        virtual.settle();
        virtual.advance(Duration.ofSeconds(15));
        assertThat(provider.searches).isEqualTo(1);
    }

    @Test
    @DisplayName("leaves a paused account alone, follows up at a draining one")
    void runStates() {
        virtual.send("hello");
        virtual.settle();
        virtual.engine.setRunState(provider.account, RunState.PAUSED);
        virtual.advance(Duration.ofMinutes(30));
        assertThat(provider.lookups).isZero();
        virtual.engine.setRunState(provider.account, RunState.DRAINING);
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.lookups).isEqualTo(1);
        MessageId waiting = virtual.send("not while draining");
        virtual.advance(Duration.ofMinutes(1));
        assertThat(provider.submissions).hasSize(1);
        virtual.engine.setRunState(provider.account, RunState.RUNNING);
        virtual.advance(Duration.ofMinutes(2));
        assertThat(virtual.state(waiting)).isEqualTo(SENT);
    }
}
