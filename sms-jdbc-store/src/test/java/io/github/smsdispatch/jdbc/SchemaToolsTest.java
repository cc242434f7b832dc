package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.store.ClaimRequest;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.UpdateCountCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each tool in a database that others use too, with a table of its own for what it has done. */
@DisplayName("The scripts in the jar")
class SchemaToolsTest {
    private static final String APPLIED = "SELECT CONCAT(version, ' ', script, ' ', applied_at) FROM ";

    private final String prefix = TestDatabases.prefix();

    static Stream<String> urls() {
        return TestDatabases.urlsAndExternal();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("are run by Flyway as they are, and the store is content")
    void flyway(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            TestDatabases.execute(pool, "CREATE TABLE " + prefix + "of_others (id INT)");
            Flyway flyway = flyway(pool).load();

            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(Migrations.LATEST);

            worksAndStaysAsItIs(pool);
            flyway.validate();
            assertThat(flyway.migrate().migrationsExecuted).isZero();
            TestDatabases.dropAll(pool, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("bring an older schema up to date when Flyway finds new ones among them")
    void flywayUpgrade(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            flyway(pool).target(older()).load().migrate();
            refusesTheOlder(pool);

            flyway(pool).load().migrate();

            worksAndStaysAsItIs(pool);
            TestDatabases.dropAll(pool, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that the store has run are left out by Flyway with a baseline of the schema's version")
    void flywayTakesOver(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            store(pool).createSchema();

            Flyway flyway = flyway(pool)
                    .baselineVersion(Integer.toString(Migrations.LATEST))
                    .load();

            assertThat(flyway.migrate().migrationsExecuted).isZero();
            worksAndStaysAsItIs(pool);
            TestDatabases.dropAll(pool, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("are run by Liquibase as they are, and the store is content")
    void liquibase(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            liquibase(pool, new CommandScope(UpdateCommandStep.COMMAND_NAME));

            worksAndStaysAsItIs(pool);
            liquibase(pool, new CommandScope(UpdateCommandStep.COMMAND_NAME));
            assertThat(TestDatabases.column(pool, "SELECT id FROM " + prefix + "changelog ORDER BY orderexecuted"))
                    .containsExactly("1", "2", "3", "4");
            TestDatabases.dropAll(pool, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("bring an older schema up to date when Liquibase finds new ones among them")
    void liquibaseUpgrade(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            liquibase(
                    pool,
                    new CommandScope(UpdateCountCommandStep.COMMAND_NAME)
                            .addArgumentValue(UpdateCountCommandStep.COUNT_ARG, Migrations.LATEST - 1));
            refusesTheOlder(pool);

            liquibase(pool, new CommandScope(UpdateCommandStep.COMMAND_NAME));

            worksAndStaysAsItIs(pool);
            TestDatabases.dropAll(pool, prefix);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("that Liquibase runs again over those that the store has run change nothing")
    void liquibaseTakesOver(String url) throws Exception {
        try (var pool = new TestPool(url)) {
            store(pool).createSchema();

            liquibase(pool, new CommandScope(UpdateCommandStep.COMMAND_NAME));

            worksAndStaysAsItIs(pool);
            TestDatabases.dropAll(pool, prefix);
        }
    }

    private FluentConfiguration flyway(DataSource pool) {
        return Flyway.configure()
                .dataSource(pool)
                .locations("classpath:sms-dispatch/" + folder(pool))
                .placeholders(Map.of("prefix", prefix))
                .table(prefix + "flyway")
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }

    private void liquibase(DataSource pool, CommandScope command) throws Exception {
        try (Connection connection = pool.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDatabaseChangeLogTableName(prefix + "changelog");
            database.setDatabaseChangeLogLockTableName(prefix + "changelog_lock");
            var parameters = new ChangeLogParameters(database);
            parameters.set("prefix", prefix);
            Scope.child(Map.of(), () -> command.addArgumentValue(
                            DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, "liquibase/" + folder(pool) + ".xml")
                    .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_PARAMETERS, parameters)
                    .execute());
        }
    }

    private void refusesTheOlder(DataSource pool) {
        assertThatThrownBy(store(pool)::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("have schema version " + older() + ", but version " + Migrations.LATEST);
    }

    private void worksAndStaysAsItIs(DataSource pool) {
        JdbcMessageStore store = store(pool);
        store.check();
        var message = Message.to("+12025550123").text("Hello").build();
        store.enqueue(List.of(message));
        assertThat(store.claim(new ClaimRequest(Lane.NORMAL, 10, Duration.ofMinutes(1))))
                .extracting(claim -> claim.message().id())
                .containsExactly(message.id());
        List<String> before = applied(pool);
        assertThat(before).hasSize(Migrations.LATEST);
        store.createSchema();
        assertThat(applied(pool)).isEqualTo(before);
    }

    private List<String> applied(DataSource pool) {
        return TestDatabases.column(pool, APPLIED + prefix + "schema_version ORDER BY version");
    }

    private JdbcMessageStore store(DataSource pool) {
        return JdbcMessageStore.builder(pool).tablePrefix(prefix).build();
    }

    private static String older() {
        return Integer.toString(Migrations.LATEST - 1);
    }

    private static String folder(DataSource pool) {
        return TestDatabases.product(pool).equals("H2") ? "h2" : "mysql";
    }
}
