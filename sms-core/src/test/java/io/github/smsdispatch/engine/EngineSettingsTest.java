package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A setting of the engine")
class EngineSettingsTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Map<String, BiConsumer<DispatchEngineBuilder, Duration>> PATIENCE = Map.of(
            "grace", DispatchEngineBuilder::grace,
            "throttlePatience", DispatchEngineBuilder::throttlePatience,
            "doubtPatience", DispatchEngineBuilder::doubtPatience,
            "idlePause", DispatchEngineBuilder::idlePause,
            "the longest outagePause", (builder, value) -> builder.outagePause(Duration.ofNanos(1), value),
            "the longest refusalPause", (builder, value) -> builder.refusalPause(Duration.ofNanos(1), value),
            "the longest messagePause", (builder, value) -> builder.messagePause(Duration.ofNanos(1), value),
            "the longest lookupPause", (builder, value) -> builder.lookupPause(Duration.ofNanos(1), value),
            "the first outagePause", (builder, value) -> builder.outagePause(value, YEAR));

    private final FakeProvider provider = new FakeProvider("first");
    private final DispatchEngineBuilder builder = DispatchEngine.builder(new InMemoryMessageStore());

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT8760H0.000000001S", "PT2562047788015215H30M7S"})
    @DisplayName("is refused by its name where it is not positive or more than a year")
    void patience(Duration value) {
        assertThat(PATIENCE).allSatisfy((name, setting) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(builder, value))
                .withMessage(name + " must be positive and at most PT8760H, but is " + value));
        assertThat(PATIENCE)
                .allSatisfy((name, setting) -> assertThatNoException().isThrownBy(() -> setting.accept(builder, YEAR)));
    }

    @Test
    @DisplayName("for pauses is refused where the longest is below the first")
    void order() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.lookupPause(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessage("the longest lookupPause must not be below the first, PT2S, but is PT1S");
    }

    @Test
    @DisplayName("for the lease is between a second and an hour")
    void lease() {
        for (Duration value : new Duration[] {Duration.ofMillis(999), Duration.ofMillis(3_600_001), ENDLESS}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.lease(value))
                    .withMessage("lease must be at least PT1S and at most PT1H, but is " + value);
        }
        assertThatNoException()
                .isThrownBy(() -> builder.lease(Duration.ofSeconds(1)).lease(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("that is null is told by its name, where it is given")
    @SuppressWarnings("NullAway") // what a caller without it may do
    void nothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Message.to((PhoneNumber) null))
                .withMessage("recipient");
        assertThatNullPointerException()
                .isThrownBy(() -> Message.to((String) null))
                .withMessage("recipient");
        assertThatNullPointerException()
                .isThrownBy(() -> DispatchEngine.builder(null))
                .withMessage("store");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.listener(null))
                .withMessage("listener");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.account(ProviderAccount.of("first"), null))
                .withMessage("provider");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.account(null, provider))
                .withMessage("account");
        assertThatNullPointerException()
                .isThrownBy(() -> ProviderAccount.of(null))
                .withMessage("provider");
        assertThatNullPointerException()
                .isThrownBy(() -> new ProviderAccount("first", null))
                .withMessage("account");
        assertThatNullPointerException()
                .isThrownBy(() -> ProviderAccount.parse(null))
                .withMessage("text");
    }

    @Test
    @DisplayName("that is null is told by its name, and not when the engine is built or needs it")
    @SuppressWarnings("NullAway") // what a caller without it may do
    void noValue() {
        Map<String, Consumer<DispatchEngineBuilder>> settings = Map.ofEntries(
                Map.entry("routing", each -> each.routing(null)),
                Map.entry("inboundHandler", each -> each.inboundHandler(null)),
                Map.entry("stopWords", each -> each.stopWords(null)),
                Map.entry("tenantsOf", each -> each.tenantsOf(null)),
                Map.entry("lease", each -> each.lease(null)),
                Map.entry("grace", each -> each.grace(null)),
                Map.entry("retention", each -> each.retention(null)),
                Map.entry("the longest outagePause", each -> each.outagePause(Duration.ofSeconds(1), null)),
                Map.entry("clock", each -> each.clock(null)),
                Map.entry("random", each -> each.random(null)));
        assertThat(settings).allSatisfy((name, setting) -> assertThatNullPointerException()
                .isThrownBy(() -> setting.accept(builder))
                .withMessage(name));
    }

    @Test
    @DisplayName("for how long a call may take has a second of slack, for a time-out of that length")
    void slack() {
        Duration promised = Duration.ofSeconds(2);
        assertThat(HandOvers.isTooLong(Duration.ofMillis(2_001), promised)).isFalse();
        assertThat(HandOvers.isTooLong(Duration.ofSeconds(3), promised)).isFalse();
        assertThat(HandOvers.isTooLong(Duration.ofMillis(3_001), promised)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-2562047788015215H-30M-8S"})
    @DisplayName("for how long to drain may be zero or less: it looks once")
    void drainForNoTime(Duration atMost) throws InterruptedException {
        var virtual = new VirtualEngine(provider);
        assertThat(virtual.engine.drain(atMost)).isTrue();
        virtual.send("hello");
        assertThat(virtual.engine.drain(atMost)).isFalse();
    }
}
