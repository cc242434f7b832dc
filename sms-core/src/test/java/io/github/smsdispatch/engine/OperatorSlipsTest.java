package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.Screen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A slip of an operator")
class OperatorSlipsTest {
    private static final ProviderAccount FIRST = ProviderAccount.of("first");
    private static final ProviderAccount SLIP = ProviderAccount.of("frist");

    private final VirtualEngine virtual = new VirtualEngine(new FakeProvider("first"), new FakeProvider("second"));

    @Test
    @DisplayName("in the name of an account whose run state is set is told, with the names that there are")
    void account() {
        assertThat(Screen.logOf(() -> virtual.engine.setRunState(SLIP, RunState.PAUSED)))
                .contains(
                        "WARN",
                        "the run state of frist is set, of which neither this engine nor the store has heard: was one of"
                                + " [first, second] meant?");
        assertThat(virtual.store.runStates()).isEqualTo(Map.of(SLIP, RunState.PAUSED));
    }

    @Test
    @DisplayName("is none where the engine has the account, or another node: by its run state, or by what waits for it")
    void known() {
        ProviderAccount stopped = ProviderAccount.of("stopped");
        ProviderAccount waited = ProviderAccount.of("waited");
        virtual.store.setRunState(stopped, RunState.DRAINING);
        Message message = VirtualEngine.text("hello").build();
        virtual.store.enqueue(List.of(message), Map.of(message.id(), waited));

        String log = Screen.logOf(() -> {
            virtual.engine.setRunState(FIRST, RunState.PAUSED);
            virtual.engine.setRunState(stopped, RunState.PAUSED);
            virtual.engine.setRunState(waited, RunState.PAUSED);
        });

        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("that leaves the state out is refused")
    void state() {
        assertThatNullPointerException()
                .isThrownBy(() -> virtual.engine.setRunState(FIRST, null))
                .withMessage("state");
        assertThat(virtual.store.runStates()).isEmpty();
    }

    @Test
    @DisplayName("in the name of a tenant is refused as a message would refuse it")
    void tenant() {
        PhoneNumber person = PhoneNumber.parse("+447700900123");
        String told =
                "cannot use this tenant: tenant must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> virtual.engine.suppress("two words", person))
                .withMessage(told);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> virtual.engine.unsuppress("two words", person))
                .withMessage(told);
    }
}
