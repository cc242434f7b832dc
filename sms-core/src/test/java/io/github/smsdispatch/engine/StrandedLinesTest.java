package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.internal.TestClock;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What waits for an account that the engine does not have")
class StrandedLinesTest {
    private final TestClock clock = new TestClock();
    private final InMemoryMessageStore store = new InMemoryMessageStore(clock);
    private final DispatchEngine before = engine(new FakeProvider("first"));
    private final FakeProvider second = new FakeProvider("second");
    private final DispatchEngine engine = engine(second);

    private DispatchEngine engine(FakeProvider provider) {
        return DispatchEngine.builder(store)
                .clock(clock)
                .random(new Random(7))
                .executor(Runnable::run)
                .account(provider.account, provider)
                .build();
    }

    private MessageId send() {
        return before.enqueue(VirtualEngine.text("hello").build()).id();
    }

    private String settle(Duration after) {
        clock.advance(after);
        return Screen.logOf(() -> settle(engine));
    }

    private static void settle(DispatchEngine engine) {
        int rounds = 0;
        while (engine.runOnce()) {
            assertThat(rounds++).as("rounds without an end").isLessThan(1000);
        }
    }

    @Test
    @DisplayName("is told by health and log, once a minute, when it has waited for five minutes")
    void told() {
        send();
        assertThat(settle(Duration.ofMinutes(5).minusMillis(1))).isEmpty();
        assertThat(engine.health().strandedAccounts()).isEmpty();

        assertThat(settle(Duration.ofMillis(1)))
                .contains(
                        "messages have waited for more than 5 minutes in the lines of [first], which are no accounts of this"
                                + " engine (its accounts are [second])")
                .contains("once it is set to PAUSED (1 since the last line like this)");
        assertThat(engine.health().strandedAccounts()).containsExactly(ProviderAccount.of("first"));
        assertThat(settle(Duration.ofSeconds(59))).isEmpty();
        assertThat(settle(Duration.ofSeconds(1))).contains("in the lines of [first]");
    }

    @Test
    @DisplayName("is routed anew and told no more once that account is paused, as the line says")
    void paused() {
        MessageId id = send();
        settle(Duration.ofMinutes(6));
        engine.setRunState(ProviderAccount.of("first"), RunState.PAUSED);

        settle(Duration.ofMinutes(2));

        assertThat(engine.health().strandedAccounts()).isEmpty();
        assertThat(second.submissions).hasSize(1);
        assertThat(engine.status(id).orElseThrow().state()).isEqualTo(MessageState.SENT);
    }

    @Test
    @DisplayName("is nothing to tell of where another node does it, or an operator has stopped the account")
    void normal() {
        send();
        settle(before);
        assertThat(settle(Duration.ofMinutes(6))).isEmpty();
        assertThat(engine.health().strandedAccounts()).isEmpty();
        engine.setRunState(ProviderAccount.of("first"), RunState.DRAINING);
        engine.setRunState(second.account, RunState.PAUSED);
        send();
        assertThat(settle(Duration.ofMinutes(6))).isEmpty();
        assertThat(engine.health().strandedAccounts()).isEmpty();
    }
}
