package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A person's word on consent")
class ConsentTest {
    private static final ConsentWord START = word("in-1", Consent.GIVEN);
    private static final ConsentWord STOP = word("in-2", Consent.WITHDRAWN);
    private static final String SUPPRESSED = "SELECT tenant FROM sms_suppression ORDER BY tenant";

    private static ConsentWord word(String id, Consent consent) {
        return new ConsentWord(
                ProviderAccount.of("alpha"), id, PhoneNumber.parse("+12025550123"), consent, Set.of("acme", "globex"));
    }

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that another node has obeyed is known")
    void otherNode(String url) throws Exception {
        try (var pool = new TestPool(url);
                var otherPool = new TestPool(url)) {
            JdbcMessageStore one = JdbcMessageStore.builder(pool).build();
            JdbcMessageStore other = JdbcMessageStore.builder(otherPool).build();
            one.createSchema();
            assertThat(one.consent(START)).isTrue();
            assertThat(one.consent(STOP)).isTrue();

            assertThat(other.consent(START)).isFalse();

            assertThat(TestDatabases.column(pool, SUPPRESSED)).containsExactly("acme", "globex");
        }
    }

    @Test
    @DisplayName("is known when the process starts again")
    void restart(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("sms");
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            store.consent(START);
            store.consent(STOP);
        }

        try (var pool = new TestPool(url)) {
            assertThat(JdbcMessageStore.builder(pool).build().consent(START)).isFalse();
            assertThat(TestDatabases.column(pool, SUPPRESSED)).containsExactly("acme", "globex");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that was obeyed half-way before a failure is obeyed when it comes again, and then never more")
    void halfWay(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = JdbcMessageStore.builder(pool).build();
            store.createSchema();
            JdbcMessageStore failing =
                    JdbcMessageStore.builder(failingAtTheSecondTenant(pool)).build();

            assertThatThrownBy(() -> failing.consent(STOP)).isInstanceOf(StoreException.class);

            assertThat(TestDatabases.column(pool, SUPPRESSED)).isEmpty();
            assertThat(store.consent(STOP)).isTrue();
            assertThat(store.consent(STOP)).isFalse();
            assertThat(TestDatabases.column(pool, SUPPRESSED)).containsExactly("acme", "globex");
        }
    }

    /** Each connection takes one insert into the list of suppressed recipients and fails at the next. */
    private static DataSource failingAtTheSecondTenant(DataSource real) {
        return (DataSource) Proxy.newProxyInstance(
                ConsentTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (source, asked, none) -> {
                    Connection connection = real.getConnection();
                    int[] inserts = {0};
                    return Proxy.newProxyInstance(
                            ConsentTest.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("prepareStatement")
                                        && String.valueOf(arguments[0]).startsWith("INSERT INTO sms_suppression")
                                        && ++inserts[0] == 2) {
                                    throw new SQLException("cut", "08S01");
                                }
                                try {
                                    return method.invoke(connection, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }
}
