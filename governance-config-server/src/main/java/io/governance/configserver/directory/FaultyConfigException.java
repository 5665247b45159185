// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.List;

/**
 * A file that belongs to the answer cannot be parsed. Nothing is served rather than a
 * part: a client that is told so keeps what it has.
 */
public final class FaultyConfigException extends RuntimeException {

	private final String revision;

	private final List<String> faults;

	FaultyConfigException(String revision, List<String> faults) {
		super(String.join("; ", faults));
		this.revision = revision;
		this.faults = List.copyOf(faults);
	}

	/**
	 * The revision that cannot be served.
	 * @return a content hash
	 */
	public String revision() {
		return this.revision;
	}

	/**
	 * What is wrong, one line per file, each beginning with the file's name.
	 * @return at least one line
	 */
	public List<String> faults() {
		return this.faults;
	}

}
