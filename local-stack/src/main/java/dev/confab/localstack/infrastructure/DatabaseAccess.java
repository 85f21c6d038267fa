package dev.confab.localstack.infrastructure;

/** How one service reaches its own database. */
public record DatabaseAccess(String jdbcUrl, String user, String password) {
  @Override
  public String toString() {
    return "DatabaseAccess[" + jdbcUrl + ", " + user + ", ***]";
  }
}
