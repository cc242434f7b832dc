package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.spi.ConfigurationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each node has connections of its own, as in a process of its own. */
@DisplayName("Nodes that create the schema")
class SchemaNodesTest {
    private static final int NODES = 8;

    private final String prefix = TestDatabases.prefix();

    static Stream<String> urls() {
        return TestDatabases.urlsAndExternal();
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("at the same time run each statement once, and all of them can work afterwards")
    void together(String url) throws Exception {
        int once = statements(url);
        var nodes = nodes(url, Integer.MAX_VALUE, NODES);
        var start = new CyclicBarrier(NODES);
        try {
            all(nodes.stream()
                    .<Callable<Void>>map(node -> () -> {
                        start.await();
                        store(node, prefix).createSchema();
                        store(node, prefix).check();
                        return null;
                    })
                    .toList());

            assertThat(nodes.stream().mapToInt(DyingNode::executed).sum()).isEqualTo(once);
            isComplete(url, prefix);
        } finally {
            end(url, nodes);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("leave the lock and the rest to the next one when they are killed half-way, all but one")
    void killedTogether(String url) throws Exception {
        var nodes = nodes(url, 5, NODES - 1);
        var firstDeath = new CountDownLatch(1);
        var work = new ArrayList<Callable<Void>>();
        for (DyingNode node : nodes) {
            work.add(() -> {
                try {
                    store(node, prefix).createSchema();
                } catch (ConfigurationException e) {
                    firstDeath.countDown();
                }
                return null;
            });
        }
        var survivor = new DyingNode(url);
        work.add(() -> {
            assertThat(firstDeath.await(1, TimeUnit.MINUTES))
                    .as("a node was killed")
                    .isTrue();
            store(survivor, prefix).createSchema();
            store(survivor, prefix).check();
            return null;
        });
        try (survivor) {
            all(work);

            isComplete(url, prefix);
        } finally {
            end(url, nodes);
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    @DisplayName("may be killed after any statement: the next one completes what is there")
    void killedAnywhere(String url) throws Exception {
        int last = statements(url);
        assertThat(last).isGreaterThan(20);
        // A server writes each table to the disk: there not all of them.
        int step = url.startsWith("jdbc:h2:") ? 1 : 4;

        for (int statement = 1; statement < last; statement += step) {
            String each = prefix + statement + "_";
            try (var dying = new DyingNode(url, statement);
                    var next = new DyingNode(url)) {
                assertThatThrownBy(store(dying, each)::createSchema)
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("the schema could not be created");
                store(next, each).createSchema();
                store(next, each).check();
            }
            isComplete(url, each);
            try (var pool = new TestPool(url)) {
                TestDatabases.dropAll(pool, each);
            }
        }
    }

    /** How many statements make the schema. */
    private static int statements(String url) throws SQLException {
        String alone = TestDatabases.prefix();
        try (var node = new DyingNode(url);
                var pool = new TestPool(url)) {
            store(node, alone).createSchema();
            TestDatabases.dropAll(pool, alone);
            return node.executed();
        }
    }

    private static void isComplete(String url, String prefix) throws SQLException {
        try (var pool = new TestPool(url)) {
            assertThat(TestDatabases.column(pool, "SELECT version FROM " + prefix + "schema_version ORDER BY version"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, Migrations.LATEST)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(TestDatabases.names(pool, prefix))
                    .contains("message", "message_body", "rate", "schema_version", "status")
                    .hasSize(15);
            assertThat(TestDatabases.column(pool, "SELECT id FROM " + prefix + "state"))
                    .hasSize(12);
        }
    }

    private static List<DyingNode> nodes(String url, int lastStatement, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DyingNode(url, lastStatement))
                .toList();
    }

    private void end(String url, List<DyingNode> nodes) throws SQLException {
        for (DyingNode node : nodes) {
            node.close();
        }
        try (var pool = new TestPool(url)) {
            TestDatabases.dropAll(pool, prefix);
        }
    }

    private static void all(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static JdbcMessageStore store(DyingNode node, String prefix) {
        return JdbcMessageStore.builder(node.dataSource()).tablePrefix(prefix).build();
    }
}
