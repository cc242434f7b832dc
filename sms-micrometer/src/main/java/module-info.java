/** Meters of an engine for Micrometer. */
module io.github.smsdispatch.micrometer {
    requires transitive io.github.smsdispatch.core;
    requires transitive micrometer.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.smsdispatch.micrometer;
}
