package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.internal.Screen;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An account that goes down")
class OutageNewsTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final List<AccountHealth> heard = new ArrayList<>();
    private final VirtualEngine virtual = new VirtualEngine(
            builder -> builder.listener(new Hearing()), UnaryOperator.identity(), Runnable::run, provider);

    private final class Hearing implements EngineListener {
        @Override
        public void onChange(StateChange change) {}

        @Override
        public void onAccountHealth(AccountHealth account) {
            heard.add(account);
        }
    }

    @Test
    @DisplayName("is warned of once, without the number that a careless module shows, and news when it is back")
    void log() {
        provider.answer(submission -> SubmitOutcome.Refused.because(
                FailureReason.ACCOUNT, "20003", "suspended\nby +44 7700 900123, code 20003"));
        provider.refuse(FailureReason.ACCOUNT);
        virtual.send("hello");

        String log = Screen.logOf(() -> {
            virtual.settle();
            virtual.advance(Duration.ofSeconds(2));
            virtual.advance(Duration.ofMinutes(5));
        });

        assertThat(log.lines().filter(line -> line.contains("AccountWatch")))
                .satisfiesExactly(
                        down -> assertThat(down)
                                .contains("WARN")
                                .endsWith("first is down: suspended***by ***, code 20003; it is left alone until "
                                        + heard.get(0).resumesAt() + ", and then tried with one message at a time"),
                        up -> assertThat(up).contains("INFO").endsWith("first is up again"));
    }

    @Test
    @DisplayName("is told to listeners, and so is that it is up again")
    void listeners() {
        provider.refuse(FailureReason.ACCOUNT);
        virtual.send("hello");
        virtual.settle();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).account()).isEqualTo(provider.account);
        assertThat(heard.get(0).up()).isFalse();
        assertThat(heard.get(0).trouble()).isEqualTo("scripted");
        virtual.advance(Duration.ofMinutes(5));
        assertThat(heard).extracting(AccountHealth::up).containsExactly(false, true);
    }

    @Test
    @DisplayName("for look-ups only is warned of as that")
    void lookups() {
        provider.scriptedStatus = Optional.of(new LookupAnswer.Failed("500", "scripted", null));
        virtual.send("hello");
        virtual.settle();

        String log = Screen.logOf(() -> {
            for (int i = 0; i < 10; i++) {
                virtual.advance(Duration.ofHours(1));
            }
        });

        assertThat(log.lines().filter(line -> line.contains("AccountWatch")))
                .singleElement()
                .asString()
                .contains("WARN", "look-ups at first fail: scripted; none is made until ");
        assertThat(heard).isEmpty();
    }
}
