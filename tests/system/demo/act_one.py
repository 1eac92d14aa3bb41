"""Act one: three agents, three copies of one problem, plain ssh, a server that stands one login."""

import os
import time

from programs import package_file
from stage import AGENTS, DemoFailed, together
from texts import words

STEPS = " ".join(f"'{words(step)}'" for step in ("queue stopped", "old jobs cleared", "queue started"))
WORK = f"echo 'in'; for step in {STEPS}; do sleep 0.5; echo \"$step\"; done"


def ssh_command(target, agent):
    """Plain OpenSSH with the agent's own key, as from a terminal; nobody's own ssh settings play a part."""
    known_hosts = target.directory / "known_hosts.demo"
    known_hosts.write_text(f"[kantor-123]:{target.port} {target.values['host_key']}\n", encoding="ascii")
    return [
        "ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
        "-o", f"UserKnownHostsFile={known_hosts}", "-o", "ConnectTimeout=10", "-i", target.values[f"key.{agent}"],
        "-p", target.port, "-l", target.user, "kantor-123", WORK,
    ]


def environment_that_knows_kantor(target):
    """ssh gets an address book in which kantor-123 is this machine, so that its messages are the real ones."""
    hosts = target.directory / "hosts"
    hosts.write_text("127.0.0.1 kantor-123\n", encoding="ascii")
    wrapper = package_file("usr/lib/*/libnss_wrapper.so")
    return {**os.environ, "LD_PRELOAD": wrapper, "NSS_WRAPPER_HOSTS": str(hosts)}


def play(story, cast, target):
    story.act(words("ACT ONE   without gilir"))
    story.tell(words("""Office kantor-123 cannot print. Budi reports it three times, because nothing says that the first
        report arrived. The desk hands reports out in turn: Sari, Dewi and Rani get one each. The fix needs a login on
        kantor-123's server, which stands one login. All three reach for ssh."""))
    story.pause(2.5)
    environment = environment_that_knows_kantor(target)
    thoughts = iter((words("“The network.”"), words("“The network again?”"), words("“It must be the VPN.”"),
                     words("“What a line…”")))

    def try_once(agent):
        story.happens(agent, "$ ssh kantor-123")
        session = cast.start(ssh_command(target, agent), env=environment)
        for line in session.stdout:
            text = line.strip()
            if text == "in":
                story.happens(agent, words("is in"), story.good("●"))
            elif "closed by remote host" in text:
                story.happens(agent, story.bad(text), story.bad("✗"))
            elif text:
                story.happens(agent, text, "·")
        session.stdout.close()
        return session.wait()

    def work(agent, barrier):
        barrier.wait()
        status = try_once(agent)
        if status == 255:
            time.sleep(0.4)
            story.happens(agent, next(thoughts, words("“The network.”")) + " " + words("Tries once more."))
            time.sleep(0.4)
            status = try_once(agent)
        if status == 0:
            story.happens(agent, words("is done, and logs out"), story.good("✓"))
        elif status == 255:
            story.happens(agent, words("gives up and calls the network team."))
        else:
            raise DemoFailed(f"{agent}'s ssh ended with {status}")

    together(AGENTS, work)
    target.stop()
    status, data = target.record("--expect-kicks", "2")
    story.show_record(data)
    if status != 0:
        raise DemoFailed("fewer than two agents were thrown out: this was not the incident")
    story.tell(words("""Nobody did anything wrong, and everybody suspected the network. Three people worked on one problem and
        threw each other out of the only login."""))
    story.pause(2)
