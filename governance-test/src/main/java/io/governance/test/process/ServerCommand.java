// SPDX-License-Identifier: Apache-2.0

package io.governance.test.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the files that a server needs and says how it is started.
 */
@FunctionalInterface
public interface ServerCommand {

	/**
	 * Prepares a start. Asked once, however often the server is restarted.
	 * @param directory the server's own, empty but for its log
	 * @param ports free ports of the loopback address, as many as were asked for
	 * @return the command line
	 * @throws IOException when a file cannot be written
	 */
	List<String> prepare(Path directory, List<Integer> ports) throws IOException;

}
