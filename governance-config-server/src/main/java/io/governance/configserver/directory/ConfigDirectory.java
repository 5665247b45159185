// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.configserver.directory.DirectoryReader.FileStamp;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The served directory. {@link #scan()} compares stamps, waits until the files have kept
 * still for one scan (so that a file being written is not read half), and then replaces
 * the snapshot with one reference write. While the directory cannot be read the last
 * snapshot is kept but not served, so that no service loses its rules because a volume is
 * away.
 */
final class ConfigDirectory implements RevisionSource {

	private static final Logger logger = LoggerFactory.getLogger(ConfigDirectory.class);

	/** A file may change twice within one tick of its file system's clock. */
	private static final long RACY_MILLIS = 3000;

	private final Path path;

	private final DirectoryReader reader;

	private final ConfigFileParser parser = new ConfigFileParser();

	private final TimeSource time;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private volatile State state = new State(DirectorySnapshot.EMPTY, "not read yet");

	private @Nullable Map<String, FileStamp> seen;

	private Map<String, FileStamp> taken = Map.of();

	ConfigDirectory(Path path, long maxFileSize, TimeSource time) {
		this.path = path;
		this.reader = new DirectoryReader(path, maxFileSize);
		this.time = time;
	}

	State state() {
		return this.state;
	}

	Path path() {
		return this.path;
	}

	@Override
	public @Nullable String revision(String application, String profiles) {
		State current = this.state;
		return (current.fault() != null) ? null : current.snapshot().select(application, profiles).revision();
	}

	@Override
	public void addListener(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Looks at the directory once. Called by one thread at a time.
	 */
	void scan() {
		Map<String, FileStamp> stamps;
		try {
			stamps = this.reader.list();
		}
		catch (IOException ex) {
			unreadable(ex);
			return;
		}
		boolean still = this.seen == null || stamps.equals(this.seen);
		this.seen = stamps;
		if (still && (this.state.fault() != null || isDue(stamps))) {
			take(stamps);
		}
	}

	private void unreadable(IOException ex) {
		if (!Objects.equals(this.state.fault(), ex.toString())) {
			logger.warn("config directory cannot be read, clients keep what they have: directory={} fault={}",
					this.path.toAbsolutePath(), ex.toString());
		}
		this.state = new State(this.state.snapshot(), ex.toString());
	}

	private boolean isDue(Map<String, FileStamp> stamps) {
		return !stamps.equals(this.taken) || stamps.values().stream().anyMatch(this::isRacy);
	}

	private boolean isRacy(FileStamp stamp) {
		return this.time.epochMillis() - stamp.modified() < RACY_MILLIS;
	}

	private void take(Map<String, FileStamp> stamps) {
		State before = this.state;
		Map<String, ConfigFile> files = new HashMap<>();
		stamps.forEach((name, stamp) -> files.put(name, read(name, stamp, before.snapshot().files().get(name))));
		this.taken = stamps;
		DirectorySnapshot snapshot = new DirectorySnapshot(files);
		if (before.fault() == null && snapshot.equals(before.snapshot())) {
			return;
		}
		this.state = new State(snapshot, null);
		report(before.snapshot(), snapshot);
		this.listeners.forEach(Runnable::run);
	}

	private ConfigFile read(String name, FileStamp stamp, @Nullable ConfigFile before) {
		if (before != null && stamp.equals(this.taken.get(name)) && !isRacy(stamp)) {
			return before;
		}
		try {
			byte[] content = this.reader.read(stamp);
			return (before != null && before.hash().equals(Hash.of(content))) ? before
					: this.parser.parse(name, content);
		}
		catch (IOException ex) {
			String fault = name + ": " + ex;
			return (before != null && fault.equals(before.fault())) ? before
					: new ConfigFile(name, Hash.of(List.of(fault)), List.of(), fault);
		}
	}

	private static void report(DirectorySnapshot before, DirectorySnapshot after) {
		after.files().forEach((name, file) -> {
			ConfigFile old = before.files().get(name);
			if (file.equals(old)) {
				return;
			}
			if (file.fault() != null) {
				logger.warn("config file cannot be served, clients keep what they have: {}", file.fault());
			}
			else {
				logger.info("config file taken: file={} hash={}", name, file.hash());
			}
		});
		before.files()
			.keySet()
			.stream()
			.filter((name) -> !after.files().containsKey(name))
			.forEach((name) -> logger.info("config file removed: file={}", name));
	}

	/**
	 * The snapshot and whether it may be served.
	 *
	 * @param snapshot the last one taken
	 * @param fault why the directory cannot be read now, or {@code null}
	 */
	record State(DirectorySnapshot snapshot, @Nullable String fault) {

	}

}
