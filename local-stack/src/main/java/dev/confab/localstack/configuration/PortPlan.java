package dev.confab.localstack.configuration;

/**
 * Where everything listens; further replicas of a service follow in steps of ten.
 *
 * @param kafkaController used by the broker alone
 */
public record PortPlan(
    int gateway,
    int auth,
    int chat,
    int ai,
    int postgres,
    int redis,
    int kafka,
    int kafkaController,
    int demoLlm) {
  private static final int STEP = 10;

  /** The usual ports, those in a row from {@code CONFAB_PORTS_FROM}, or each by its variable. */
  public static PortPlan of(Settings settings) {
    int from = settings.number("CONFAB_PORTS_FROM", 0);
    PortPlan usual = from == 0 ? usual() : inARow(from);
    return new PortPlan(
        settings.number("CONFAB_GATEWAY_PORT", usual.gateway),
        settings.number("CONFAB_AUTH_PORT", usual.auth),
        settings.number("CONFAB_CHAT_PORT", usual.chat),
        settings.number("CONFAB_AI_PORT", usual.ai),
        settings.number("CONFAB_POSTGRES_PORT", usual.postgres),
        settings.number("CONFAB_REDIS_PORT", usual.redis),
        settings.number("CONFAB_KAFKA_PORT", usual.kafka),
        settings.number("CONFAB_KAFKA_CONTROLLER_PORT", usual.kafkaController),
        settings.number("CONFAB_DEMO_LLM_PORT", usual.demoLlm));
  }

  /** The port of a replica, counted from 1. */
  public static int ofReplica(int first, int replica) {
    return first + (replica - 1) * STEP;
  }

  private static PortPlan usual() {
    return new PortPlan(8080, 8081, 8082, 8083, 15432, 16379, 19092, 19093, 18000);
  }

  private static PortPlan inARow(int from) {
    return new PortPlan(
        from, from + 1, from + 2, from + 3, from + 4, from + 5, from + 6, from + 7, from + 8);
  }
}
