package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link MariaDbStoreTest} runs the whole contract as such a user. */
@EnabledOnOs(OS.LINUX)
@DisplayName("A user who may read and write rows and nothing else")
class SchemaRightsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final ProviderAccount ALPHA = ProviderAccount.of("alpha");

    private final String prefix = TestDatabases.prefix();

    static Stream<String> urls() {
        return Stream.concat(
                Stream.of(MariaDbServer.url("rights")),
                TestDatabases.external().filter(url -> url.contains("user=root")));
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("runs a store whose schema is there, and may call createSchema(), which finds nothing to do")
    void runs(String url) throws Exception {
        try (var owner = new TestPool(url);
                var runner = new TestPool(TestDatabases.ofRunner(url))) {
            store(owner).createSchema();
            JdbcMessageStore store = store(runner);

            store.createSchema();
            store.check();

            var message = Message.to("+12025550123")
                    .text("Hello")
                    .idempotencyKey("a")
                    .attribute("shop", "7")
                    .build();
            store.enqueue(List.of(message));
            Claim claim = store.claim(new ClaimRequest(Lane.NORMAL, 1, LEASE)).get(0);
            var attempt = AttemptId.create();
            store.begin(List.of(new AttemptStart(message.id(), claim.fence(), attempt, ALPHA)), LEASE);
            var taken = SubmitOutcome.Accepted.as("SM1");
            store.finish(List.of(new AttemptEnd(message.id(), attempt, taken, MessageState.SENT, null, LEASE)));
            store.receive(List.of(new Receipt(ALPHA, "SM1", null, ReceiptState.DELIVERED, "delivered", null, null)));
            store.applyReceipts(10);
            assertThat(store.find(message.id()).orElseThrow().state()).isEqualTo(MessageState.DELIVERED);
            store.suppress("default", PhoneNumber.parse("+12025550123"));
            store.unsuppress("default", PhoneNumber.parse("+12025550123"));
            assertThat(store.erase(List.of(message.id()))).containsExactly(message.id());
            assertThat(store.purge(Duration.ZERO, 10).messages()).isEqualTo(1);
            TestDatabases.dropAll(owner, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("is told which rights creating the schema takes")
    void mayNotCreate(String url) throws Exception {
        try (var owner = new TestPool(url);
                var runner = new TestPool(TestDatabases.ofRunner(url))) {
            assertThatThrownBy(store(runner)::createSchema)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the user may not do this")
                    .hasMessageContaining("createSchema() needs CREATE, CREATE VIEW and DROP too");

            assertThat(TestDatabases.names(owner, prefix)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("creates it with the rights that are named, and no more")
    void mayCreate(String url) throws Exception {
        try (var owner = new TestPool(url);
                var creator = new TestPool(TestDatabases.ofUser(url, "creator", "CREATE, CREATE VIEW, DROP"))) {
            store(creator).createSchema();

            store(creator).check();
            TestDatabases.dropAll(owner, prefix);
        }
    }

    private JdbcMessageStore store(TestPool pool) {
        return JdbcMessageStore.builder(pool).tablePrefix(prefix).build();
    }
}
