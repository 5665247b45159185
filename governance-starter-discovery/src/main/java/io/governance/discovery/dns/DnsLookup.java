// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks DNS for the instances of a service. Keeps nothing between two questions.
 * Thread-safe.
 */
final class DnsLookup {

	private final Resolver resolver;

	private final LookupSession session;

	private final Executor executor;

	DnsLookup(Resolver resolver, Executor executor) {
		this.resolver = resolver;
		this.executor = executor;
		this.session = LookupSession.builder().resolver(resolver).executor(executor).build();
	}

	/**
	 * Asks once.
	 * @param service the service's name
	 * @param where how it is found
	 * @return the answer; fails with a {@link DnsException} when there is none, or when
	 * it names no instance
	 */
	CompletableFuture<DnsAnswer> ask(String service, DnsServiceName where) {
		Name name;
		try {
			name = Name.fromString(where.name(), Name.root);
		}
		catch (TextParseException ex) {
			return CompletableFuture.failedFuture(new DnsException("dns name of " + service + ": " + where.name()
					+ " (expected: labels of 1 to 63 characters, separated by dots)", ex));
		}
		CompletionStage<DnsAnswer> answer = (where.records() == DnsRecords.SRV) ? services(service, where, name)
				: hosts(service, where, name);
		return answer.toCompletableFuture().handle((found, error) -> {
			if (error != null) {
				throw failure(where, error);
			}
			return found;
		});
	}

	private CompletionStage<DnsAnswer> hosts(String service, DnsServiceName where, Name name) {
		int type = (where.records() == DnsRecords.AAAA) ? Type.AAAA : Type.A;
		return this.session.lookupAsync(name, type).thenApply((result) -> {
			DnsInstances instances = new DnsInstances(service, where);
			for (Record found : result.getRecords()) {
				instances.add(address(found), where.port(), null, found.getTTL());
			}
			return instances.answer();
		});
	}

	private CompletionStage<DnsAnswer> services(String service, DnsServiceName where, Name name) {
		Message question = Message.newQuery(Record.newRecord(name, Type.SRV, DClass.IN));
		return this.resolver.sendAsync(question, this.executor).thenCompose((answer) -> {
			List<SRVRecord> targets = preferred(answer);
			if (answer.getRcode() != Rcode.NOERROR || targets.isEmpty()) {
				throw new DnsException(where.name() + " SRV: "
						+ ((answer.getRcode() == Rcode.NOERROR) ? "no such record" : Rcode.string(answer.getRcode())));
			}
			return instances(service, where, targets, additional(answer));
		});
	}

	private CompletionStage<DnsAnswer> instances(String service, DnsServiceName where, List<SRVRecord> targets,
			Map<Name, List<Record>> known) {
		List<CompletableFuture<List<Record>>> addresses = targets.stream()
			.map((target) -> addresses(target.getTarget(), known).toCompletableFuture())
			.toList();
		return CompletableFuture.allOf(addresses.toArray(CompletableFuture<?>[]::new)).thenApply((none) -> {
			DnsInstances instances = new DnsInstances(service, where);
			for (int i = 0; i < targets.size(); i++) {
				SRVRecord target = targets.get(i);
				for (Record found : addresses.get(i).join()) {
					instances.add(address(found), target.getPort(), target, Math.min(target.getTTL(), found.getTTL()));
				}
			}
			return instances.answer();
		});
	}

	private CompletionStage<List<Record>> addresses(Name target, Map<Name, List<Record>> known) {
		List<Record> found = known.get(target);
		if (found != null) {
			return CompletableFuture.completedFuture(found);
		}
		return this.session.lookupAsync(target, Type.A)
			.exceptionallyCompose((error) -> (cause(error) instanceof NoSuchRRSetException)
					? this.session.lookupAsync(target, Type.AAAA) : CompletableFuture.failedStage(error))
			.thenApply((result) -> result.getRecords())
			.exceptionally((error) -> nothing(error));
	}

	/**
	 * A target that does not exist is one instance less; one that is not known may be.
	 */
	private static List<Record> nothing(Throwable error) {
		Throwable cause = cause(error);
		if (cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException) {
			return List.of();
		}
		throw new CompletionException(cause);
	}

	/** RFC 2782: as long as there are targets of the lowest number, no other is used. */
	private static List<SRVRecord> preferred(Message answer) {
		List<SRVRecord> all = new ArrayList<>();
		int lowest = Integer.MAX_VALUE;
		for (Record found : answer.getSection(Section.ANSWER)) {
			if (found instanceof SRVRecord target) {
				all.add(target);
				lowest = Math.min(lowest, target.getPriority());
			}
		}
		int preferred = lowest;
		return all.stream().filter((target) -> target.getPriority() == preferred).toList();
	}

	private static Map<Name, List<Record>> additional(Message answer) {
		Map<Name, List<Record>> addresses = new HashMap<>();
		for (Record found : answer.getSection(Section.ADDITIONAL)) {
			if (found instanceof ARecord || found instanceof AAAARecord) {
				addresses.computeIfAbsent(found.getName(), (name) -> new ArrayList<>()).add(found);
			}
		}
		return addresses;
	}

	private static @Nullable InetAddress address(Record found) {
		if (found instanceof ARecord ipv4) {
			return ipv4.getAddress();
		}
		return (found instanceof AAAARecord ipv6) ? ipv6.getAddress() : null;
	}

	private static DnsException failure(DnsServiceName where, Throwable error) {
		Throwable cause = cause(error);
		if (cause instanceof DnsException known) {
			return known;
		}
		String question = where.name() + " " + where.records() + ": ";
		if (cause instanceof NoSuchDomainException) {
			return new DnsException(question + "NXDOMAIN", cause);
		}
		if (cause instanceof NoSuchRRSetException) {
			return new DnsException(question + "no such record", cause);
		}
		return new DnsException(
				question + "no answer (" + cause.getClass().getSimpleName() + " " + cause.getMessage() + ")", cause);
	}

	private static Throwable cause(Throwable error) {
		Throwable cause = error.getCause();
		return (error instanceof CompletionException && cause != null) ? cause : error;
	}

}
