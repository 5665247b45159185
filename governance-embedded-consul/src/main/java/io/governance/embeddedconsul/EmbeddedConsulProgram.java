// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.util.concurrent.CountDownLatch;

import io.governance.embeddedconsul.kv.SnapshotException;

/**
 * The embedded registry as a program. Runs until it is told to stop (SIGTERM, SIGINT).
 * Exit status 2: bad option; 1: cannot start.
 */
public final class EmbeddedConsulProgram {

	private EmbeddedConsulProgram() {
	}

	/**
	 * Starts the program.
	 * @param arguments {@code --port=}, {@code --host=}, {@code --snapshot=}
	 * @throws InterruptedException when the main thread is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
		System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
		System.setProperty("org.slf4j.simpleLogger.logFile", "System.out");
		EmbeddedConsul consul;
		try {
			consul = new EmbeddedConsul(ProgramOptions.parse(arguments));
			consul.start();
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(ProgramOptions.USAGE);
			System.exit(2);
			return;
		}
		catch (IllegalStateException | SnapshotException ex) {
			System.err.println(ex.getMessage());
			System.exit(1);
			return;
		}
		CountDownLatch stopped = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			consul.close();
			stopped.countDown();
		}, "governance-embedded-consul-stop"));
		System.out.println("Registry ready at " + consul.uri() + " (development only: one node, no ACLs)");
		stopped.await();
	}

}
