// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The journal under several real processes, one of which is killed in the middle of its
 * work.
 */
class JournalIntegrationTests {

	private static final int ORDERS = 300;

	@TempDir
	private Path directory;

	@Test
	void processesThatReserveTheSameOrdersAtTheSameTimeCountEachOnce() throws Exception {
		Path file = this.directory.resolve("inventory.journal");
		List<Process> processes = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			processes.add(writer(file));
		}
		Inventory inventory = inventory(file);
		await().until(() -> inventory.totals().orders() > ORDERS / 4);
		processes.get(0).destroyForcibly();
		for (Process process : processes.subList(1, 3)) {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		assertThat(inventory.totals()).isEqualTo(new Stock.Totals(ORDERS, ORDERS, Map.of("book", (long) ORDERS)));
	}

	private static Process writer(Path file) throws IOException {
		return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx32m", "-cp",
				System.getProperty("java.class.path"), Writer.class.getName(), file.toString())
			.inheritIO()
			.start();
	}

	private static Inventory inventory(Path file) {
		return new Inventory(new Journal(file, TimeSource.system()), new Stock(Map.of("book", 1_000_000L)));
	}

	/**
	 * One instance of inventory, as a program.
	 */
	static final class Writer {

		private Writer() {
		}

		public static void main(String[] args) {
			Inventory inventory = inventory(Path.of(args[0]));
			for (int i = 0; i < ORDERS; i++) {
				inventory.reserve(new Reservation("order-" + i, "book", 1));
			}
		}

	}

}
