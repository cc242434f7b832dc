package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.store.PastAttempt;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hand-over that was begun and came to no call, as its account asked to be left alone meanwhile,")
class NotMadeTest {
    private final FakeProvider provider = new FakeProvider("first");
    private final VirtualEngine virtual = new VirtualEngine(provider);

    private List<PastAttempt> attempts(MessageId id) {
        return virtual.store.attempts(id);
    }

    @Test
    @DisplayName("is not held against its message, which goes as soon as the account takes messages again")
    void goesAtOnce() {
        Duration pause = Duration.ofSeconds(5);
        int throttles = 5;
        IntStream.range(0, throttles).forEach(i -> provider.throttle(pause));
        List<MessageId> ids =
                IntStream.range(0, 10).mapToObj(i -> virtual.send("hello " + i)).toList();
        virtual.settle();

        IntStream.range(0, throttles).forEach(i -> virtual.advance(pause));

        List<MessageId> notMade = ids.stream()
                .filter(id -> attempts(id).stream().filter(HandOver::wasNotMade).count() == throttles)
                .toList();
        assertThat(notMade).hasSizeGreaterThan(4);
        assertThat(notMade)
                .allSatisfy(id ->
                        assertThat(attempts(id)).extracting(PastAttempt::result).endsWith(PastAttempt.Result.ACCEPTED));
    }
}
