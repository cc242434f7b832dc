package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncEnd.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The operator's page")
class OperatingPageTest {
    private static final Path PAGE = Path.of("../docs/operating.md");
    private static final ProviderAccount TWILIO = ProviderAccount.of("twilio");
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** The message whose history the page asks for. */
    private static final MessageId EXAMPLE = MessageId.parse("01930000-0000-7000-8000-000000000001");

    static Stream<String> urls() {
        return TestDatabases.urls();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("has queries that find what they ask for, and changes that do what it says")
    void statements(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = filled(pool);
            List<String> statements = statements();
            assertThat(statements).hasSizeGreaterThan(10);

            for (String sql : statements) {
                if (sql.startsWith("SELECT")) {
                    assertThat(TestDatabases.column(pool, sql)).as(sql).isNotEmpty();
                } else {
                    TestDatabases.execute(pool, sql);
                }
            }

            assertThat(store.runStates()).isEqualTo(Map.of(TWILIO, RunState.PAUSED));
            store.enqueue(List.of(Message.to("+12025550199").text("Hello").build()));
            assertThat(claim(store).suppressed()).isTrue();
            store.unsuppress(Message.DEFAULT_TENANT, PhoneNumber.parse("+12025550199"));
            assertThat(TestDatabases.column(pool, "SELECT recipient FROM sms_suppression"))
                    .containsExactly("+12025550123");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("tells how a doubt is settled by hand, either way")
    void doubtsByHand(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            JdbcMessageStore store = store(pool);
            MessageId taken = doubtful(store, MessageId.create());
            MessageId notTaken = doubtful(store, MessageId.create());

            store.receive(List.of(
                    new Receipt(TWILIO, "SM1", attempt(store, taken), ReceiptState.ENROUTE, "by hand", null, null)));
            store.applyReceipts(10);
            store.finishSync(List.of(new SyncEnd(
                    notTaken,
                    attempt(store, notTaken),
                    Verdict.NOT_TAKEN,
                    true,
                    List.of(),
                    false,
                    Duration.ZERO,
                    "by hand")));

            assertThat(store.find(taken).orElseThrow().state()).isEqualTo(MessageState.SENT);
            assertThat(store.find(taken).orElseThrow().providerMessageId()).isEqualTo("SM1");
            assertThat(store.find(notTaken).orElseThrow().state()).isEqualTo(MessageState.QUEUED);
            assertThat(claim(store).message().id()).isEqualTo(notTaken);
        }
    }

    @Test
    @DisplayName("explains lines of the log that there are")
    void log() throws IOException {
        String table = page().substring(page().indexOf("## Lines in the log"), page().indexOf("## Upgrade"));
        List<String> lines = Pattern.compile("(?m)^\\| (`.*?) \\|")
                .matcher(table)
                .results()
                .flatMap(row ->
                        Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
                .map(quoted -> quoted.group(1))
                .toList();
        assertThat(lines).hasSizeGreaterThan(15);

        assertThat(sources()).contains(lines.toArray(String[]::new));
    }

    @Test
    @DisplayName("fits into one look")
    void length() throws IOException {
        assertThat(page().lines().count()).isLessThanOrEqualTo(180);
    }

    /** A store with something in it for every query to find. */
    private static JdbcMessageStore filled(DataSource dataSource) {
        JdbcMessageStore store = store(dataSource);
        doubtful(store, EXAMPLE);
        store.enqueue(List.of(Message.to("+12025550123").text("Hello").build()));
        var withdrawn = Message.to("+12025550123").text("Hello").build();
        store.enqueue(List.of(withdrawn));
        store.cancel(List.of(withdrawn.id()));
        store.suppress(Message.DEFAULT_TENANT, PhoneNumber.parse("+12025550123"));
        store.receive(List.of(new Receipt(TWILIO, "SM9", null, ReceiptState.DELIVERED, "delivered", null, null)));
        return store;
    }

    private static JdbcMessageStore store(DataSource dataSource) {
        JdbcMessageStore store = JdbcMessageStore.builder(dataSource).build();
        store.createSchema();
        return store;
    }

    private static MessageId doubtful(JdbcMessageStore store, MessageId id) {
        store.enqueue(List.of(Message.to("+12025550123").text("Hello").id(id).build()));
        Claim claim = claim(store);
        assertThat(claim.message().id()).isEqualTo(id);
        var attempt = AttemptId.create();
        store.begin(List.of(new AttemptStart(id, claim.fence(), attempt, TWILIO)), LEASE);
        store.finish(List.of(new AttemptEnd(
                id, attempt, new SubmitOutcome.Unknown("504", "no answer"), MessageState.IN_DOUBT, null, LEASE)));
        return id;
    }

    /** The latest message that can be claimed. */
    private static Claim claim(JdbcMessageStore store) {
        List<Claim> claims = store.claim(new ClaimRequest(Lane.NORMAL, 100, LEASE));
        return claims.get(claims.size() - 1);
    }

    private static AttemptId attempt(JdbcMessageStore store, MessageId id) {
        return store.attempts(id).get(0).id();
    }

    private static List<String> statements() throws IOException {
        return Pattern.compile("(?s)```sql\n(.*?)```")
                .matcher(page())
                .results()
                .map((MatchResult block) -> block.group(1).replaceAll("--.*", ""))
                .flatMap(block -> Arrays.stream(block.split(";", -1)))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    /** All main sources of the modules, with the pieces of long texts put together. */
    private static String sources() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.filter(OperatingPageTest::isModule).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(OperatingPageTest::read)
                            .forEach(all::append);
                }
            }
        }
        return all.toString().replaceAll("\"\\s*\\+ \"", "");
    }

    private static boolean isModule(Path folder) {
        return folder.getFileName().toString().startsWith("sms-") && Files.isDirectory(folder.resolve("src/main/java"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
